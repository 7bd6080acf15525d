import { useDraggable, useDroppable } from '@dnd-kit/core';
import { Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormRecord } from '../../../forms/calls';

/** A record and the days on which it lies. */
export interface Placed {
  record: FormRecord;
  first: string;
  last: string;
}

interface DayProps {
  day: string;
  outside: boolean;
  today: boolean;
  here: readonly Placed[];
  most: number;
  /** No room for words. */
  brief: boolean;
  titleOf: (record: FormRecord) => string;
  movable: (record: FormRecord) => boolean;
  onOpen: (record: FormRecord) => void;
}

/** A day and its records; more than fit are told by their number. */
export function Day({ day, outside, today, here, most, brief, titleOf, movable, onOpen }: DayProps) {
  const { t } = useTranslation();
  const { setNodeRef, isOver } = useDroppable({ id: day });
  const [open, setOpen] = useState(false);
  const shown = here.length > most ? here.slice(0, most - 1) : here;
  const chips = (some: readonly Placed[], free: boolean) =>
    some.map((one) => (
      <Chip
        key={one.record.id}
        one={one}
        day={day}
        title={titleOf(one.record)}
        movable={!free && movable(one.record)}
        list={free}
        onOpen={() => {
          setOpen(false);
          onOpen(one.record);
        }}
      />
    ));
  return (
    <div
      ref={setNodeRef}
      role="gridcell"
      aria-label={day}
      className={`calendar-day${outside ? ' calendar-outside' : ''}${isOver ? ' calendar-over' : ''}${today ? ' calendar-today' : ''}`}
    >
      <span className="calendar-number number">{Number(day.slice(8))}</span>
      {chips(shown, false)}
      {shown.length < here.length && (
        <Popover
          trigger="click"
          open={open}
          onOpenChange={setOpen}
          title={day}
          content={<div className="calendar-all">{chips(here, true)}</div>}
        >
          <button type="button" className="calendar-more">
            {brief
              ? `+${here.length - shown.length}`
              : t('records.calendar.more', { count: here.length - shown.length })}
          </button>
        </Popover>
      )}
    </div>
  );
}

interface ChipProps {
  one: Placed;
  day: string;
  title: string;
  movable: boolean;
  list: boolean;
  onOpen: () => void;
}

function Chip({ one, day, title, movable, list, onOpen }: ChipProps) {
  const { attributes, listeners, setNodeRef, transform, isDragging } = useDraggable({
    id: `${list ? 'list:' : ''}${one.record.id}@${day}`,
    data: { one, day },
    disabled: !movable,
  });
  const part =
    one.first === one.last
      ? ''
      : day === one.first
        ? ' chip-first'
        : day === one.last
          ? ' chip-last'
          : ' chip-middle';
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={`calendar-chip${list ? '' : part}${isDragging ? ' chip-lifted' : ''}`}
      style={transform === null ? undefined : { transform: `translate(${transform.x}px, ${transform.y}px)` }}
      title={title}
      {...attributes}
      {...listeners}
      onClick={onOpen}
    >
      {title}
    </button>
  );
}
