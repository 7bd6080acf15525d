import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import type { Difference } from './calls';

const words = (quantity: number) => quantity.toLocaleString('en', { maximumFractionDigits: 6 });

/** What differs: a piece, a quantity of goods, or a code that nobody knows. */
export function What({ row }: { row: Difference }) {
  if (row.item !== null) {
    return (
      <span className="count-name">
        <Link to={`/items/${encodeURIComponent(row.item)}`}>
          <Code value={row.item} copy={false} />
        </Link>
        <span className="mono hint">{row.product}</span>
      </span>
    );
  }
  if (row.product !== null) {
    return (
      <span className="count-name">
        <b className="mono">{row.product}</b>
        {row.batch !== null && <span className="mono hint">{row.batch}</span>}
      </span>
    );
  }
  return <Code value={row.raw ?? ''} copy={false} />;
}

/** What the books say. */
export function Books({ row }: { row: Difference }) {
  const { t } = useTranslation();
  if (row.kind === 'unknown') return <span className="muted">{t('counts.diff.notThere')}</span>;
  if (row.kind === 'quantity') return <span className="number">{words(row.expected)}</span>;
  const place = row.book_place ?? (row.kind === 'missing' ? row.place : null);
  return (
    <span className="row">
      {place === null ? (
        <span className="muted">{t('counts.diff.nowhere')}</span>
      ) : (
        <span className="mono">{place}</span>
      )}
      {row.book_state !== null && <ItemState state={row.book_state} />}
    </span>
  );
}

/** What was found, and where. */
export function Found({ row }: { row: Difference }) {
  const { t } = useTranslation();
  if (row.kind === 'missing') return <span className="list-wrong">{t('counts.diff.notFound')}</span>;
  const place = row.place !== null && <span className="mono">{row.place}</span>;
  if (row.kind !== 'quantity') return place;
  return (
    <span className="row">
      <b className="number">{words(row.counted)}</b>
      <span className={row.difference < 0 ? 'number list-wrong' : 'number list-again'}>
        {row.difference > 0 && '+'}
        {words(row.difference)}
      </span>
      {place}
    </span>
  );
}

/** What came of it. */
export function Outcome({ row }: { row: Difference }) {
  const { t } = useTranslation();
  if (row.problem !== null) {
    return (
      <span className="count-name">
        <span className="list-wrong">{row.message}</span>
        <span className="hint">{row.advice}</span>
      </span>
    );
  }
  if (row.event !== null) {
    return (
      <span className="list-full count-done">
        <Icon name="check" size={16} /> {t('counts.diff.adjusted')}
      </span>
    );
  }
  return (
    <span className="muted">{t(row.action === 'leave' ? 'counts.diff.left' : 'counts.diff.waits')}</span>
  );
}
