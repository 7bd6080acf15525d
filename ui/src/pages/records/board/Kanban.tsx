import type { Announcements, DragEndEvent } from '@dnd-kit/core';
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  rectIntersection,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import type { InfiniteData } from '@tanstack/react-query';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { useIsPhone } from '../../../components/useIsPhone';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { patchRecord } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { reason } from '../grid/usePlain';
import { changedInLists } from '../lists';
import { findGroups } from '../views/calls';
import type { ViewBody } from '../views/model';
import { totalsText } from '../views/model';
import './board.css';
import { BoardColumn } from './BoardColumn';
import type { Column } from './columns';
import { columnsOf, columnTitle, keyOf, sideways } from './columns';
import { RecordTile, tileTitle } from './RecordTile';

interface KanbanProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  body: ViewBody;
  filter: unknown;
  by: FormField;
  onOpen: (record: FormRecord, all: readonly FormRecord[]) => void;
  onAdd: (value: unknown) => void;
}

interface Page {
  records: FormRecord[];
  next: string | null;
}

/** Cards in columns by the value of a field; moving a card changes it. */
export function Kanban({ app, form, fields, body, filter, by, onOpen, onAdd }: KanbanProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [lifted, setLifted] = useState<FormRecord | null>(null);
  const totals = totalsText(body.options);
  const groups = useQuery({
    queryKey: ['records', app, form.code, 'groups', by.code, filter, totals],
    queryFn: ({ signal }) => findGroups(app, form.code, { by: by.code, filter, totals, limit: 200 }, signal),
    placeholderData: keepPreviousData,
  });
  const columns = useMemo(() => columnsOf(groups.data?.groups ?? [], by, filter), [groups.data, by, filter]);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: sideways,
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  );
  const listKey = (column: Column) => ['records', app, form.code, 'list', column.filter, body.sort, 'board'];
  const put = (column: Column, change: (records: FormRecord[]) => FormRecord[]) =>
    queries.setQueryData<InfiniteData<Page>>(listKey(column), (before) =>
      before === undefined
        ? before
        : {
            ...before,
            pages: before.pages.map((page, at) => ({
              ...page,
              records: at === 0 ? change(page.records) : page.records,
            })),
          },
    );
  const takeOut = (column: Column, id: number) =>
    queries.setQueryData<InfiniteData<Page>>(listKey(column), (before) =>
      before === undefined
        ? before
        : {
            ...before,
            pages: before.pages.map((page) => ({
              ...page,
              records: page.records.filter((one) => one.id !== id),
            })),
          },
    );
  const recount = (from: Column, to: Column) =>
    queries.setQueryData<typeof groups.data>(
      ['records', app, form.code, 'groups', by.code, filter, totals],
      (before) => {
        if (before === undefined) return before;
        const counted = before.groups.map((one) =>
          keyOf(one.value) === from.key
            ? { ...one, count: one.count - 1 }
            : keyOf(one.value) === to.key
              ? { ...one, count: one.count + 1 }
              : one,
        );
        const there = counted.some((one) => keyOf(one.value) === to.key);
        return { ...before, groups: there ? counted : [...counted, { ...to.group, count: 1 }] };
      },
    );
  const move = async (record: FormRecord, from: Column, to: Column) => {
    const moved = { ...record, values: { ...record.values, [by.code]: to.group.value } };
    takeOut(from, record.id);
    put(to, (records) => [moved, ...records]);
    recount(from, to);
    try {
      const after = await patchRecord(app, form.code, record.id, record.version, {
        [by.code]: to.group.value,
      });
      changedInLists(queries, app, form.code, after, []);
    } catch (error) {
      takeOut(to, record.id);
      put(from, (records) => [record, ...records]);
      void message.error(
        t('records.board.putBack', { title: tileTitle(record, fields, body.options), why: reason(error) }),
        6,
      );
      void queries.invalidateQueries({ queryKey: ['records', app, form.code] });
    }
  };
  const named = (column: Column | undefined) =>
    column === undefined
      ? ''
      : columnTitle(column.group, by, t('records.without', { field: by.title }), [t('yes'), t('no')]);
  const end = ({ active, over }: DragEndEvent) => {
    setLifted(null);
    const { record, from } = active.data.current as { record: FormRecord; from: string };
    const target = columns.find((one) => one.key === over?.id);
    const source = columns.find((one) => one.key === from);
    if (target === undefined || source === undefined || target === source) return;
    void move(record, source, target);
  };
  if (groups.isPending) return <Spin className="table-wait" />;
  if (groups.isError) return <ProblemAlert problem={groups.error} onRetry={() => void groups.refetch()} />;
  const titleOfActive = (data: unknown) =>
    tileTitle((data as { record: FormRecord }).record, fields, body.options);
  const over = (id: unknown) => named(columns.find((one) => one.key === id));
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('records.board.lifted', { title: titleOfActive(active.data.current) }),
    onDragOver: ({ active, over: target }) =>
      target === null
        ? t('records.board.nowhere')
        : t('records.board.over', { title: titleOfActive(active.data.current), column: over(target.id) }),
    onDragEnd: ({ active, over: target }) =>
      target === null
        ? t('records.board.nowhere')
        : t('records.board.dropped', { title: titleOfActive(active.data.current), column: over(target.id) }),
    onDragCancel: ({ active }) => t('records.board.cancelled', { title: titleOfActive(active.data.current) }),
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={(asked) => {
        const under = pointerWithin(asked);
        return under.length > 0 ? under : rectIntersection(asked);
      }}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('records.board.how') } }}
      onDragStart={({ active }) => setLifted((active.data.current as { record: FormRecord }).record)}
      onDragCancel={() => setLifted(null)}
      onDragEnd={end}
    >
      <div className="kanban" tabIndex={-1} aria-label={form.name} role="group">
        {columns.map((column) => (
          <BoardColumn
            key={column.key}
            app={app}
            form={form}
            fields={fields}
            body={body}
            by={by}
            column={column}
            title={named(column)}
            queryKey={listKey(column)}
            onOpen={onOpen}
            onAdd={() => onAdd(column.group.value)}
            others={
              phone
                ? columns.filter((one) => one !== column).map((one) => ({ key: one.key, title: named(one) }))
                : []
            }
            onMove={(record, key) => {
              const to = columns.find((one) => one.key === key);
              if (to !== undefined) void move(record, column, to);
            }}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null}>
        {lifted !== null && (
          <div className="tile tile-lifted">
            <RecordTile record={lifted} fields={fields} options={body.options} besides={by.code} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}
