import { Button } from 'antd';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { StateDot } from '../../components/StateDot';
import type { ScanDesk } from './desk';
import type { RowStatus, ScanRow } from './model';
import { counts } from './model';
import type { Summary } from './summary';

const FIRST = 60;
const MORE = 400;

type Sieve = 'all' | 'ask' | 'right' | 'wrong' | 'again' | 'refused';

const FITS: Record<Sieve, RowStatus[]> = {
  all: ['checking', 'unchecked', 'ask', 'right', 'wrong', 'again', 'refused', 'posted'],
  right: ['right', 'posted', 'checking', 'unchecked'],
  ask: ['ask'],
  wrong: ['wrong'],
  again: ['again'],
  refused: ['refused'],
};

interface RecentListProps {
  desk: ScanDesk;
  rows: ScanRow[];
  sum: Summary;
}

/** Every scan, the latest first, each with what came of it and a way back. */
export const RecentList = memo(function RecentList({ desk, rows: all, sum }: RecentListProps) {
  const { t } = useTranslation();
  const [sieve, setSieve] = useState<Sieve>('all');
  const [shown, setShown] = useState(FIRST);
  const figures: Record<Sieve, number> = {
    all: all.length,
    right: sum.pieces + sum.lines + sum.checking + sum.unchecked - sum.refused,
    ask: sum.ask,
    wrong: sum.wrong,
    again: sum.again,
    refused: sum.refused,
  };
  const chosen = figures[sieve] === 0 ? 'all' : sieve;
  const numbers = numbersOf(all);
  const latest = all.filter((row) => FITS[chosen].includes(row.status)).reverse();
  // What was refused waits for a decision and must not be looked for.
  const rows = [...latest.filter(refused), ...latest.filter((row) => !refused(row))];
  if (all.length === 0) return null;
  const clear = () =>
    desk.remove(all.filter((row) => FITS[chosen].includes(row.status)).map((row) => row.id));
  return (
    <section className="card recent" aria-label={t('scan.recent')}>
      <div className="card-head">
        <h2>{t('scan.recent')}</h2>
        <div className="chips" role="group" aria-label={t('filter')}>
          {(Object.keys(FITS) as Sieve[])
            .filter((one) => one === 'all' || figures[one] > 0)
            .map((one) => (
              <button
                key={one}
                type="button"
                className={`chip chip-${one}`}
                aria-pressed={one === chosen}
                onClick={() => setSieve(one)}
              >
                {t(`scan.sieve.${one}`)} <span className="number">{figures[one].toLocaleString()}</span>
              </button>
            ))}
        </div>
        <span className="grow" />
        {(chosen === 'wrong' || chosen === 'again') && (
          <Button size="small" onClick={clear}>
            {t('scan.clearThese')}
          </Button>
        )}
      </div>
      <ol className="recent-rows">
        {rows.slice(0, shown).map((row) => (
          <RecentRow key={row.id} desk={desk} row={row} number={numbers.get(row.id) ?? null} />
        ))}
      </ol>
      {rows.length > shown && (
        <Button type="text" block className="recent-more" onClick={() => setShown(shown + MORE)}>
          {t('scan.showMore', { count: rows.length - shown })}
        </Button>
      )}
    </section>
  );
});

function refused(row: ScanRow): boolean {
  return row.status === 'refused';
}

/** The how-manieth piece each row is. */
function numbersOf(rows: ScanRow[]): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const row of rows) if (counts(row) || row.status === 'posted') numbers.set(row.id, numbers.size + 1);
  return numbers;
}

interface RecentRowProps {
  desk: ScanDesk;
  row: ScanRow;
  number: number | null;
}

const RecentRow = memo(function RecentRow({ desk, row, number }: RecentRowProps) {
  const { t } = useTranslation();
  const mayCorrect = useMay()('operation.correct');
  const code = row.goods?.product ?? row.thing?.code ?? row.raw;
  return (
    <li className={`recent-row recent-${row.status}`}>
      <time className="mono recent-time">{new Date(row.at).toTimeString().slice(0, 8)}</time>
      <span className="recent-verdict">
        <Verdict status={row.status} />
      </span>
      <span className="recent-code">
        {row.status === 'posted' ? (
          <Link to={`/items/${encodeURIComponent(code)}`}>
            <Code value={code} copy={false} />
          </Link>
        ) : (
          <Code value={code} copy={false} />
        )}
        {row.goods && <QuantityField desk={desk} row={row} />}
      </span>
      <span className="recent-what">
        <What row={row} />
      </span>
      <span className="recent-number number">{number === null ? '' : number.toLocaleString()}</span>
      <span className="recent-act">
        {row.status === 'posted' ? (
          mayCorrect ? (
            <button type="button" className="link-button" onClick={() => void desk.takeBack(row)}>
              {t('scan.undo')}
            </button>
          ) : (
            <Link to={`/items/${encodeURIComponent(code)}`}>{t('scan.life')}</Link>
          )
        ) : row.status === 'ask' ? (
          <button type="button" className="link-button" onClick={() => desk.showAgain(row)}>
            {t('scan.choose1')}
          </button>
        ) : (
          <button type="button" className="link-button" onClick={() => desk.remove([row.id])}>
            {t(counts(row) ? 'scan.undo' : 'scan.remove')}
          </button>
        )}
      </span>
    </li>
  );
});

function Verdict({ status }: { status: RowStatus }) {
  const { t } = useTranslation();
  const icons: Record<RowStatus, Parameters<typeof Icon>[0]['name']> = {
    checking: 'refresh',
    unchecked: 'warning',
    ask: 'info',
    right: 'check',
    posted: 'check',
    wrong: 'close',
    refused: 'close',
    again: 'undo',
  };
  return (
    <>
      <Icon name={icons[status]} size={14} /> {t(`scan.verdict.${status}`)}
    </>
  );
}

function What({ row }: { row: ScanRow }) {
  const { t } = useTranslation();
  const { reason, thing, goods } = row;
  if (row.status === 'ask' || row.status === 'wrong' || row.status === 'refused' || row.status === 'again') {
    return (
      <span>
        {reason?.message}
        {row.status === 'refused' && reason?.advice != null && (
          <span className="recent-advice">{reason.advice}</span>
        )}
      </span>
    );
  }
  if (goods) return <span className="mono">{goods.batch}</span>;
  if (!thing) return null;
  return (
    <>
      <span className="recent-product">{thing.product ?? t('scan.package')}</span>
      {thing.state !== null && <StateDot state={thing.state} />}
      {thing.place !== null && <span className="mono">{thing.place}</span>}
    </>
  );
}

function QuantityField({ desk, row }: { desk: ScanDesk; row: ScanRow }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className="recent-quantity number"
      aria-label={t('scan.quantity.change', { product: row.goods?.product ?? '' })}
      onClick={() => desk.askAbout(row)}
    >
      × {row.goods?.quantity}
    </button>
  );
}
