import { useDroppable } from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext, useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Fragment } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { segmentClass } from '../../components/SegmentedCode';
import type { Kinds } from './calls';
import type { Placed } from './segments';
import { kindOf, summary, widthOf } from './segments';

interface ChipRowProps {
  segments: Placed[];
  kinds: Kinds;
  chosen: number | null;
  /** Ids of segments that something is wrong with. */
  wrong: ReadonlySet<number>;
  /** Where a segment from the palette would go in; null while none is dragged. */
  insertAt: number | null;
  onChoose: (id: number) => void;
  /** Missing when the user may only look. */
  onMove: ((from: number, to: number) => void) | undefined;
  onRemove: (id: number) => void;
}

export const END = 'end of the row';

/** The segments in their order: choose, move and remove them, by mouse or keyboard. */
export function ChipRow(props: ChipRowProps) {
  const { segments, insertAt } = props;
  const { t } = useTranslation();
  const { setNodeRef } = useDroppable({ id: END });
  return (
    <SortableContext items={segments.map((one) => one.id)} strategy={rectSortingStrategy}>
      <ol ref={setNodeRef} className="chips" aria-label={t('codes.order')}>
        {segments.map((segment, place) => (
          <Fragment key={segment.id}>
            {insertAt === place && <li className="chip-gap" aria-hidden="true" />}
            <Chip {...props} segment={segment} place={place} />
          </Fragment>
        ))}
        {insertAt === segments.length && <li className="chip-gap" aria-hidden="true" />}
      </ol>
      {props.onMove !== undefined && segments.length > 0 && (
        <p className="hint chips-help only-desk">{t('codes.orderHelp')}</p>
      )}
    </SortableContext>
  );
}

function Chip(props: ChipRowProps & { segment: Placed; place: number }) {
  const { segment, place, kinds, chosen, wrong, onChoose, onMove, onRemove } = props;
  const { t } = useTranslation();
  const { setNodeRef, transform, transition, listeners, isDragging } = useSortable({
    id: segment.id,
    disabled: onMove === undefined,
  });
  const label = kindOf(kinds, segment.body)?.label ?? segment.body.kind;
  const words = [label, chipWords(kinds, segment, t)].filter(Boolean).join(' ');
  const press = (event: KeyboardEvent) => {
    if (onMove === undefined) return;
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove(segment.id);
    else if (event.altKey && event.key === 'ArrowLeft') onMove(place, place - 1);
    else if (event.altKey && event.key === 'ArrowRight') onMove(place, place + 1);
    else return;
    event.preventDefault();
  };
  const kind = [
    'chip',
    segmentClass(segment.body.kind),
    segment.id === chosen && 'chip-chosen',
    wrong.has(segment.id) && 'chip-wrong',
    isDragging && 'chip-dragged',
  ];
  return (
    <li
      ref={setNodeRef}
      className={kind.filter(Boolean).join(' ')}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className="chip-main"
        onClick={() => onChoose(segment.id)}
        onKeyDown={press}
        aria-pressed={segment.id === chosen}
        aria-label={t('codes.chip', { place: place + 1, words })}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
        {...(listeners?.['onPointerDown'] && { onPointerDown: listeners['onPointerDown'] as () => void })}
      >
        {onMove !== undefined && <Icon name="drag" size={14} />}
        <b>{label}</b>
        <span>{chipWords(kinds, segment, t)}</span>
      </button>
      {onMove !== undefined && (
        <button
          type="button"
          className="chip-remove"
          onClick={() => onRemove(segment.id)}
          aria-label={t('codes.removeSegment', { words })}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </li>
  );
}

type Say = (key: string, options?: Record<string, unknown>) => string;

function chipWords(kinds: Kinds, { body }: Placed, t: Say): string {
  const words = summary(kinds, body);
  if (words !== '' && body.kind !== 'check') return words;
  return t('codes.signs', { count: widthOf(body) ?? 0 });
}
