import { useDraggable, useDroppable } from '@dnd-kit/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { findRecords } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { GroupValue } from '../grid/GroupRow';
import { TotalValue } from '../grid/TotalValue';
import type { ViewBody } from '../views/model';
import type { Column } from './columns';
import { RecordTile } from './RecordTile';

interface BoardColumnProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  body: ViewBody;
  by: FormField;
  column: Column;
  title: string;
  queryKey: readonly unknown[];
  /** Where a card may go without being dragged. */
  others: readonly { key: string; title: string }[];
  onOpen: (record: FormRecord, all: readonly FormRecord[]) => void;
  onAdd: () => void;
  onMove: (record: FormRecord, key: string) => void;
}

const PAGE = 20;

/** The cards of one value, page by page. */
export function BoardColumn(props: BoardColumnProps) {
  const { app, form, fields, body, by, column, title, queryKey, others, onOpen, onAdd, onMove } = props;
  const { t } = useTranslation();
  const { setNodeRef, isOver } = useDroppable({ id: column.key });
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      findRecords(
        app,
        form.code,
        { filter: JSON.stringify(column.filter), sort: body.sort, after: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const waiting = list.isPending ? Math.min(column.group.count, 3) : 0;
  return (
    <section
      className={isOver ? 'kanban-column kanban-over' : 'kanban-column'}
      ref={setNodeRef}
      aria-label={title}
    >
      <header className="kanban-head">
        <GroupValue group={column.group} field={by} />
        <span className="number muted">{column.group.count}</span>
        <span className="grow" />
        {Object.entries(body.options.totals ?? {}).map(([code, method]) => {
          const field = fields.find((one) => one.code === code);
          const value = column.group.totals[`${code}:${method}`];
          return (
            field !== undefined &&
            value !== undefined && (
              <span key={code} className="kanban-total" title={field.title}>
                <TotalValue field={field} method={method} value={value} />
              </span>
            )
          );
        })}
        <Button
          type="text"
          size="small"
          aria-label={t('records.board.add', { column: title })}
          icon={<Icon name="plus" size={14} />}
          onClick={onAdd}
        />
      </header>
      <div className="kanban-cards">
        {Array.from({ length: waiting }, (_, at) => (
          <div key={at} className="tile tile-wait" aria-hidden />
        ))}
        {records.map((record) => (
          <Card
            key={record.id}
            record={record}
            from={column.key}
            fields={fields}
            body={body}
            by={by}
            others={others}
            onOpen={(one) => onOpen(one, records)}
            onMove={onMove}
          />
        ))}
        {list.isSuccess && records.length === 0 && (
          <p className="kanban-none hint">{t('records.board.none')}</p>
        )}
        {list.isError && <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />}
        {list.hasNextPage && (
          <Button type="link" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('records.board.more', { count: Math.max(1, column.group.count - records.length) })}
          </Button>
        )}
      </div>
    </section>
  );
}

interface CardProps {
  record: FormRecord;
  from: string;
  fields: readonly FormField[];
  body: ViewBody;
  by: FormField;
  others: readonly { key: string; title: string }[];
  onOpen: (record: FormRecord) => void;
  onMove: (record: FormRecord, key: string) => void;
}

function Card({ record, from, fields, body, by, others, onOpen, onMove }: CardProps) {
  const { t } = useTranslation();
  const movable = record.states[by.code] === undefined && by.read_only !== true;
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({
    id: record.id,
    data: { record, from },
    disabled: !movable || others.length > 0,
    attributes: { roleDescription: t('records.board.card') },
  });
  return (
    <article
      ref={setNodeRef}
      className={`tile${isDragging ? ' tile-gone' : ''}${movable ? '' : ' tile-fixed'}`}
      {...attributes}
      {...listeners}
      role="button"
      tabIndex={0}
      onClick={() => onOpen(record)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isDragging && event.target === event.currentTarget) {
          event.preventDefault();
          onOpen(record);
        } else listeners?.['onKeyDown']?.(event);
      }}
    >
      <RecordTile record={record} fields={fields} options={body.options} besides={by.code} cover="if there" />
      {movable && others.length > 0 && (
        <span onClick={(event) => event.stopPropagation()}>
          <Dropdown
            trigger={['click']}
            menu={{
              items: others.map((one) => ({
                key: one.key,
                label: one.title,
                onClick: () => onMove(record, one.key),
              })),
            }}
          >
            <Button className="tile-move" icon={<Icon name="right" size={14} />}>
              {t('records.board.moveTo')}
            </Button>
          </Dropdown>
        </span>
      )}
    </article>
  );
}
