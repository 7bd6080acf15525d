import { App, Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import { usePersonNames } from '../../../flows/queries';
import type { Count, CountScan } from '../calls';
import type { ToldKind } from './desk';
import { kindOf } from './desk';
import type { DeskEntry } from './useCountDesk';

const ICONS: Record<ToldKind | 'undone', 'check' | 'close' | 'undo' | 'minus' | 'warning' | 'info'> = {
  right: 'check',
  noted: 'warning',
  unknown: 'info',
  again: 'undo',
  wrong: 'close',
  place: 'check',
  undone: 'minus',
};
const HUES: Record<ToldKind | 'undone', string> = {
  right: 'right',
  noted: 'again',
  unknown: 'again',
  again: 'plain',
  wrong: 'wrong',
  place: 'plain',
  undone: 'undone',
};

/** The last scans of everybody; one's own that count can be taken back. */
export function Recent({ count, entry }: { count: Count; entry: DeskEntry }) {
  const { t } = useTranslation();
  if (entry.recent.length === 0) return <p className="st-none hint">{t('counts.desk.recentNone')}</p>;
  return (
    <ol className="list-rows st-recent" aria-label={t('counts.desk.recent', { count: entry.recent.length })}>
      {entry.recent.map((scan) => (
        <Row key={scan.line?.seq ?? 0} scan={scan} count={count} entry={entry} />
      ))}
    </ol>
  );
}

function Row({ scan, count, entry }: { scan: CountScan; count: Count; entry: DeskEntry }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const user = useSession()?.user.username;
  const person = usePersonNames();
  const { line } = scan;
  if (line === null) return null;
  const kind = scan.answer === 'undone' ? 'undone' : kindOf(scan);
  const box = scan.code === 'count_box';
  const code = line.item ?? line.product ?? line.raw;
  const mine = line.actor === user || count.may.includes('manage');
  const back = kind !== 'undone' && (line.counted || box) && mine && line.round === count.round;
  const undo = async () => {
    try {
      await entry.undo(line.seq);
      void message.success(t('counts.desk.undone'));
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <li className={`list-row list-row-${HUES[kind]}`}>
      <span className="list-row-sign">
        <Icon name={ICONS[kind]} size={16} />
      </span>
      <span className="list-row-code">
        <Code value={code} copy={false} />
      </span>
      <span className="list-row-what">
        {line.place !== null && <span className="mono">{line.place}</span>}
        {line.item === null && line.product !== null && (
          <b className="mono">{t('counts.desk.times', { count: line.quantity })}</b>
        )}
        {line.batch !== null && <span className="mono">{line.batch}</span>}
        {kind === 'undone' ? <span>{t('counts.desk.undone')}</span> : <Said kind={kind} scan={scan} />}
        {line.actor !== user && <span className="muted">{person(line.actor)}</span>}
      </span>
      <time className="list-row-time mono">{dayjs(line.at).format('HH:mm:ss')}</time>
      {back ? (
        <Button
          type="text"
          className="list-row-undo"
          aria-label={t('counts.desk.undoAsk', { code })}
          onClick={() => void undo()}
        >
          {t('counts.desk.undo')}
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}

function Said({ kind, scan }: { kind: ToldKind; scan: CountScan }) {
  const { t } = useTranslation();
  if (kind === 'right' && scan.message === '') return null;
  if (kind === 'unknown') return <span>{t('counts.desk.unknown')}</span>;
  return <span>{scan.message}</span>;
}
