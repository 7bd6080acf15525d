import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Button, Spin, Table } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';
import './table.css';
import { useIsPhone } from './useIsPhone';

/** One page of a list that is paged by key. */
export interface ListPage<Row> {
  rows: Row[];
  /** What to pass as `after` for the following page; null at the end. */
  next: string | null;
}

interface KeyPagedTableProps<Row extends object> {
  /** Names the list and its filters, e.g. `['products', filters]`. */
  queryKey: readonly unknown[];
  fetchPage: (after: string | undefined, signal: AbortSignal) => Promise<ListPage<Row>>;
  rowKey: (row: Row) => string;
  columns: NonNullable<TableProps<Row>['columns']>;
  /** What a row is called aloud. */
  label: string;
  /** A click or Enter on a row. */
  onOpen?: (row: Row) => void;
  /** What stands in place of an empty list, with what to do next. */
  empty: ReactNode;
  /** How a row looks on a phone; without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode;
  selection?: TableProps<Row>['rowSelection'];
}

/** A list read page by page, worked by mouse, keyboard (↑ ↓ Enter) and thumb. */
export function KeyPagedTable<Row extends object>(props: KeyPagedTableProps<Row>) {
  const { queryKey, fetchPage, rowKey, columns, onOpen, empty, card } = props;
  const { t } = useTranslation();
  const phone = useIsPhone();
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];

  if (list.isError && rows.length === 0) {
    return <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />;
  }
  if (list.isPending) return <Spin className="table-wait" />;
  if (rows.length === 0) return <div className="card">{empty}</div>;

  return (
    <div className="key-paged">
      {phone && card ? (
        <ul className="card row-cards" aria-label={props.label}>
          {rows.map((row) => (
            <li key={rowKey(row)}>
              {onOpen ? (
                <button type="button" onClick={() => onOpen(row)}>
                  {card(row)}
                </button>
              ) : (
                <div>{card(row)}</div>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <Table<Row>
          className="card"
          size="small"
          aria-label={props.label}
          rowKey={rowKey}
          columns={columns}
          dataSource={rows}
          pagination={false}
          loading={list.isPlaceholderData}
          scroll={{ x: 'max-content' }}
          {...(props.selection && { rowSelection: props.selection })}
          onRow={(row) => (onOpen ? openable(row, onOpen) : {})}
        />
      )}
      <div className="table-foot">
        <span className="hint">
          {list.hasNextPage
            ? t('list.shownMore', { count: rows.length })
            : t('list.shownAll', { count: rows.length })}
        </span>
        {list.hasNextPage && (
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('list.more')}
          </Button>
        )}
      </div>
      {list.isError && <ProblemAlert problem={list.error} />}
    </div>
  );
}

function openable<Row>(row: Row, onOpen: (row: Row) => void) {
  return {
    tabIndex: 0,
    className: 'row-open',
    onClick: () => onOpen(row),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === 'Enter') onOpen(row);
      const step = event.key === 'ArrowDown' ? 'nextElementSibling' : 'previousElementSibling';
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      const other = event.currentTarget[step];
      if (other instanceof HTMLElement) other.focus();
      event.preventDefault();
    },
  };
}
