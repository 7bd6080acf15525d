import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { findRecords } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import '../board/board.css';
import { RecordTile } from '../board/RecordTile';
import type { ViewBody } from '../views/model';

interface GalleryProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  body: ViewBody;
  filter: unknown;
  empty: ReactNode;
  onOpen: (record: FormRecord, all: readonly FormRecord[]) => void;
}

const PAGE = 60;

/** Records as cards with a picture. */
export function Gallery({ app, form, fields, body, filter, empty, onOpen }: GalleryProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ['records', app, form.code, 'list', filter, body.sort, 'gallery'],
    queryFn: ({ pageParam, signal }) =>
      findRecords(
        app,
        form.code,
        {
          filter: filter == null ? undefined : JSON.stringify(filter),
          sort: body.sort,
          after: pageParam,
          limit: PAGE,
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  if (list.isError && records.length === 0)
    return <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />;
  if (list.isSuccess && records.length === 0) return <div className="card">{empty}</div>;
  return (
    <div className="gallery-scroll">
      <ul className="gallery" aria-label={form.name}>
        {list.isPending &&
          Array.from({ length: 10 }, (_, at) => (
            <li key={at}>
              <div className="tile tile-wait" style={{ height: 220 }} aria-hidden />
            </li>
          ))}
        {records.map((record) => (
          <li key={record.id}>
            <button type="button" className="tile" onClick={() => onOpen(record, records)}>
              <RecordTile record={record} fields={fields} options={body.options} cover="always" />
            </button>
          </li>
        ))}
      </ul>
      {records.length > 0 && (
        <div className="table-foot">
          <span className="hint">
            {t(list.hasNextPage ? 'list.shownMore' : 'list.shownAll', { count: records.length })}
          </span>
          {list.hasNextPage && (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('list.more')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
