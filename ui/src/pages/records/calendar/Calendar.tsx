import {
  DndContext,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { useFilters } from '../../../components/useFilters';
import { useIsPhone } from '../../../components/useIsPhone';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { findRecords, patchRecord, useKinds } from '../../../forms/calls';
import { askedShape } from '../../../forms/controls';
import type { FormField } from '../../../forms/model';
import { both } from '../asking';
import { tileTitle } from '../board/RecordTile';
import { reason } from '../grid/usePlain';
import { changedInLists } from '../lists';
import type { ViewBody } from '../views/model';
import './calendar.css';
import type { Placed } from './Day';
import { Day } from './Day';
import { between, daysOf, distance, shifted, spanOf } from './days';

interface CalendarProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  body: ViewBody;
  filter: unknown;
  from: FormField;
  to: FormField | undefined;
  onSpan: (span: 'month' | 'week') => void;
  onOpen: (record: FormRecord, all: readonly FormRecord[]) => void;
}

const MOST = 1000;
const DAY = 'YYYY-MM-DD';

/** Records on their days; dragging one to another day moves it there. */
export function Calendar({ app, form, fields, body, filter, from, to, onSpan, onOpen }: CalendarProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const phone = useIsPhone();
  const kinds = useKinds();
  const queries = useQueryClient();
  const [{ day }, setAddress] = useFilters(['day'] as const);
  const today = dayjs().format(DAY);
  const at = day ?? today;
  const span = body.options.span ?? 'month';
  const days = daysOf(at, span);
  const first = days[0] ?? at;
  const last = days.at(-1) ?? at;
  const asked = both(filter ?? null, between(from, to, askedShape(from, kinds), first, last));
  const list = useQuery({
    queryKey: ['records', app, form.code, 'days', asked],
    queryFn: ({ signal }) =>
      findRecords(app, form.code, { filter: JSON.stringify(asked), sort: from.code, limit: MOST }, signal),
    placeholderData: keepPreviousData,
  });
  const records = list.data?.records ?? [];
  const placed = records.flatMap((record): Placed[] => {
    const found = spanOf(record, from, to);
    return found === null ? [] : [{ record, first: found[0], last: found[1] }];
  });
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space'] } }),
  );
  const go = (by: number) => setAddress({ day: dayjs(at).add(by, span).format(DAY) });
  const moved = (one: Placed, target: string, grabbed: string) => {
    const by = distance(grabbed, target);
    if (by === 0) return;
    const values = shifted(one.record, to === undefined ? [from] : [from, to], by);
    queries.setQueryData<typeof list.data>(
      ['records', app, form.code, 'days', asked],
      (before) =>
        before && {
          ...before,
          records: before.records.map((some) =>
            some.id === one.record.id ? { ...some, values: { ...some.values, ...values } } : some,
          ),
        },
    );
    patchRecord(app, form.code, one.record.id, one.record.version, values).then(
      (after) => {
        changedInLists(queries, app, form.code, after, Object.keys(values));
        void queries.invalidateQueries({ queryKey: ['records', app, form.code, 'days'] });
      },
      (error: unknown) => {
        const title = tileTitle(one.record, fields, body.options);
        void message.error(t('records.board.putBack', { title, why: reason(error) }), 6);
        void queries.invalidateQueries({ queryKey: ['records', app, form.code, 'days'] });
      },
    );
  };
  const shownOnDay = phone ? 2 : span === 'week' ? 14 : 3;
  return (
    <div className="calendar">
      <div className="calendar-head">
        <Button
          aria-label={t(span === 'month' ? 'records.calendar.lastMonth' : 'records.calendar.lastWeek')}
          icon={<Icon name="left" size={16} />}
          onClick={() => go(-1)}
        />
        <b className="calendar-title">
          {span === 'month'
            ? dayjs(at).format(t('records.calendar.monthFormat'))
            : `${dayjs(first).format('MM-DD')} – ${dayjs(last).format('MM-DD')}`}
        </b>
        <Button
          aria-label={t(span === 'month' ? 'records.calendar.nextMonth' : 'records.calendar.nextWeek')}
          icon={<Icon name="right" size={16} />}
          onClick={() => go(1)}
        />
        <Button onClick={() => setAddress({ day: null })}>{t('records.calendar.today')}</Button>
        <span className="grow" />
        <Segmented
          value={span}
          options={(['month', 'week'] as const).map((value) => ({
            value,
            label: t(`records.calendar.${value}`),
          }))}
          onChange={onSpan}
        />
      </div>
      {list.isError && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.next != null && (
        <Alert type="warning" showIcon title={t('records.calendar.tooMany', { count: MOST })} />
      )}
      <DndContext
        sensors={sensors}
        collisionDetection={pointerWithin}
        accessibility={{ screenReaderInstructions: { draggable: t('records.calendar.how') } }}
        onDragEnd={({ active, over }) => {
          const { one, day: grabbed } = active.data.current as { one: Placed; day: string };
          if (over !== null) moved(one, String(over.id), grabbed);
        }}
      >
        <div className={`calendar-grid calendar-${span}`} role="grid" aria-label={form.name}>
          {daysOf('2026-11-16', 'week').map((one) => (
            <span key={one} className="calendar-weekday muted" role="columnheader">
              {t(`records.calendar.weekday.${dayjs(one).day()}`)}
            </span>
          ))}
          {days.map((one) => {
            const here = placed.filter((some) => some.first <= one && some.last >= one);
            return (
              <Day
                key={one}
                day={one}
                outside={span === 'month' && one.slice(0, 7) !== at.slice(0, 7)}
                today={one === today}
                here={here}
                most={shownOnDay}
                brief={phone}
                titleOf={(record) => tileTitle(record, fields, body.options)}
                movable={(record) =>
                  [from, to].every(
                    (field) =>
                      field === undefined ||
                      (record.states[field.code] === undefined && field.read_only !== true),
                  )
                }
                onOpen={(record) => onOpen(record, records)}
              />
            );
          })}
        </div>
      </DndContext>
    </div>
  );
}
