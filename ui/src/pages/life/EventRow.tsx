import { Button } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LifeEvent } from '../../api/items';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import { MarkTag, QualityTag, Tag } from '../../components/Tags';
import { Replaced } from '../genealogy/Graph';
import { partName } from '../genealogy/PartsSide';
import { Personal } from './Personal';
import { changesOf, componentsOf, correctedBy, enteredLate, otherData, valuesOf } from './story';

interface EventRowProps {
  event: LifeEvent;
  name: (code: string) => string;
  /** It has been taken back. */
  undone: boolean;
  birthYear: number;
  open: boolean;
  onToggle: () => void;
  onCorrect: () => void;
}

/** One event: when, what, where to, who, on which document; more when opened. */
export function EventRow({ event, name, undone, birthYear, open, onToggle, onCorrect }: EventRowProps) {
  const { t } = useTranslation();
  const at = dayjs(event.occurred_at);
  const values = valuesOf(event);
  const moved = event.from.state !== event.to.state && event.to.state !== null;
  const kinds = [
    'event',
    undone && 'event-undone',
    LOUD.has(event.operation) && 'event-loud',
    open && 'event-open',
  ];
  return (
    <li className={kinds.filter(Boolean).join(' ')}>
      <time className="event-time mono" dateTime={event.occurred_at} title={at.format('YYYY-MM-DD HH:mm:ss')}>
        {at.year() !== birthYear && <span className="event-year">{at.year()}</span>}
        <span>{at.format('MM-DD')}</span> <span>{at.format('HH:mm')}</span>
      </time>
      <span className="event-dot" aria-hidden="true" />
      <div className="event-body">
        <button type="button" className="event-line" onClick={onToggle} aria-expanded={open}>
          <b className="event-what">{t(`operation.${event.operation}`, { defaultValue: event.operation })}</b>
          <span className="event-tale">
            <Tale event={event} name={name} />
            {undone && <Tag tone="red">{t('life.undoneTag')}</Tag>}
            {enteredLate(event) && <Tag tone="amber">{t('life.late')}</Tag>}
          </span>
          {moved && (
            <span className="event-state">
              <ItemState state={event.to.state ?? ''} />
            </span>
          )}
          <span className="event-who">
            {event.actor}
            {event.device !== '' && ` · ${event.device}`}
          </span>
          <span className="event-document mono">{event.document}</span>
        </button>
        {values.length > 0 && (
          <ul className="event-values" aria-label={t('scan.field.values')}>
            {values.map((value, index) => (
              <li key={index} className={value.ok === false ? 'value-bad' : ''}>
                <span>
                  {value.name} <span className="number">{value.limit}</span>
                </span>
                <b className="number">{value.value}</b> {value.unit}
                {value.ok !== undefined && (
                  <span className="value-mark">
                    <Icon name={value.ok ? 'check' : 'close'} size={14} />
                    <span className="visually-hidden">
                      {t(value.ok ? 'scan.field.ok' : 'scan.field.notOk')}
                    </span>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
        {event.note !== '' && <p className="event-note">{event.note}</p>}
        {open && <Details event={event} undone={undone} onCorrect={onCorrect} />}
      </div>
    </li>
  );
}

/** Events that a reader must not overlook. */
const LOUD = new Set(['hold', 'recall_mark', 'scrap']);

/** What happened, in one line: from where to where, to whom, what changed. */
function Tale({ event, name }: { event: LifeEvent; name: (code: string) => string }) {
  const { t } = useTranslation();
  const changes = changesOf(event);
  const parts: ReactNode[] = [];
  const owner = text(changes['owner']?.[1]);
  const corrected = correctedBy(event);
  if (corrected !== undefined) parts.push(t('life.corrects', { event: corrected }));
  if (event.operation === 'swap') {
    const [out, into] = [partName(event.data['out']), partName(event.data['in'])];
    if (out !== '' && into !== '') parts.push(<Replaced key="swap" out={out} into={into} />);
  }
  const components = componentsOf(event);
  const [outOf, into] = [text(changes['parent']?.[0]), text(changes['parent']?.[1])];
  if (event.operation !== 'swap' && outOf !== into) {
    const other = into === '' ? outOf : into;
    parts.push(
      <span key="parent">
        {t(into === '' ? 'life.parts.outOf' : 'life.parts.into')}{' '}
        <Link to={`/items/${encodeURIComponent(other)}`} className="mono">
          {other}
        </Link>
      </span>,
    );
  } else if (components.length > 0) {
    const taken = event.operation === 'remove' || event.operation === 'disassemble';
    parts.push(t(taken ? 'life.parts.taken' : 'life.parts.bound', { count: components.length }));
    if (components.length <= 2) {
      parts.push(
        <span key="parts" className="mono">
          {components.map((one) => partName(one)).join(' ')}
        </span>,
      );
    }
  }
  if (event.from.place !== event.to.place) {
    parts.push(<PlaceMove key="place" from={event.from.place} to={event.to.place} name={name} />);
  }
  if (event.partner) parts.push(t(PARTNER[event.operation] ?? 'life.to', { partner: name(event.partner) }));
  const quality = event.operation === 'inspect' ? text(event.data['quality']) : text(changes['quality']?.[1]);
  if (quality !== '' && event.operation !== 'commission')
    parts.push(<QualityTag key="quality" quality={quality} />);
  const values = valuesOf(event);
  if (values.length > 0) {
    const bad = values.filter((value) => value.ok === false).length;
    parts.push(t(bad > 0 ? 'life.measuredBad' : 'life.measured', { count: values.length, bad }));
  }
  const marks = changes['marks'];
  if (marks) {
    const before = marks[0] as string[];
    const after = marks[1] as string[];
    for (const mark of after.filter((one) => !before.includes(one)))
      parts.push(<MarkTag key={mark} mark={mark} />);
    for (const mark of before.filter((one) => !after.includes(one))) {
      parts.push(t('life.cleared', { mark: t(`mark.${mark}`, { defaultValue: mark }) }));
    }
  }
  if (changes['owner']) parts.push(t('life.ownerNow', { owner: owner === '' ? t('life.we') : name(owner) }));
  if (changes['warranty_start']?.[1])
    parts.push(t('life.warrantyBegan', { day: text(changes['warranty_start'][1]) }));
  for (const [field, value] of otherData(event)) {
    // What was swapped for what is told as one.
    if (event.operation === 'swap' && (field === 'out' || field === 'in')) continue;
    parts.push(
      <span key={field}>
        {t(`life.data.${field}`, { defaultValue: field })}
        {t('life.colon')}
        {ITEMS.has(field) ? (
          <Link to={`/items/${encodeURIComponent(value)}`} className="mono">
            {value}
          </Link>
        ) : (
          value
        )}
      </span>,
    );
  }
  if (parts.length === 0 && event.operation === 'commission') return <>{t('life.born')}</>;
  return (
    <>
      {parts.map((part, index) => (
        <span key={index}>{part}</span>
      ))}
    </>
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Who a partner is in an operation; in all others it is for whom. */
const PARTNER: Record<string, string> = {
  receive: 'life.by',
  return_: 'life.by',
  repair_in: 'life.by',
  check_in: 'life.by',
  store_receive: 'life.signedBy',
  activate: 'life.usedBy',
};
const ITEMS = new Set(['new', 'in', 'out', 'into', 'package']);

interface PlaceMoveProps {
  from: string | null;
  to: string | null;
  name: (code: string) => string;
}

function PlaceMove({ from, to, name }: PlaceMoveProps) {
  const { t } = useTranslation();
  if (to === null) return <>{t('life.leftPlace', { place: from === null ? '' : name(from) })}</>;
  return (
    <>
      {from !== null && <>{name(from)} </>}→ {name(to)}
    </>
  );
}

function Details({ event, undone, onCorrect }: Pick<EventRowProps, 'event' | 'undone' | 'onCorrect'>) {
  const { t } = useTranslation();
  const may = useMay();
  const correctable = !undone && event.operation !== 'correct' && may('operation.correct');
  return (
    <div className="event-details">
      <dl>
        <dt>{t('life.eventNumber')}</dt>
        <dd className="number">{event.event}</dd>
        <dt>{t('life.occurred')}</dt>
        <dd className="mono">{dayjs(event.occurred_at).format('YYYY-MM-DD HH:mm:ss')}</dd>
        <dt>{t('life.recorded')}</dt>
        <dd className="mono">{dayjs(event.recorded_at).format('YYYY-MM-DD HH:mm:ss')}</dd>
        <dt>{t('life.state')}</dt>
        <dd className="row">
          {event.from.state !== null && <ItemState state={event.from.state} />}
          {event.from.state !== event.to.state && event.to.state !== null && (
            <>
              → <ItemState state={event.to.state} />
            </>
          )}
        </dd>
      </dl>
      <Personal event={event} />
      {correctable && (
        <Button size="small" danger onClick={onCorrect}>
          {t('life.correct.open')}
        </Button>
      )}
    </div>
  );
}
