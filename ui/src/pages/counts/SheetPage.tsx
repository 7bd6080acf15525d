import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Count } from './calls';
import { listSheet, useCount } from './calls';
import './counts.css';

/** What is to be counted, on paper (盘点表): a line a product at a place, with room to write. */
export function SheetPage() {
  const { id = '' } = useParams();
  const count = useCount(id);
  if (count.isPending) return <Skeleton active className="page" />;
  if (count.isError) return <ProblemAlert problem={count.error} onRetry={() => void count.refetch()} />;
  return <Sheet count={count.data} />;
}

function Sheet({ count }: { count: Count }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const list = useInfiniteQuery({
    queryKey: ['counts', 'sheet', count.number],
    queryFn: ({ pageParam, signal }) => listSheet(count.number, { after: pageParam, limit: 1000 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  useEffect(() => {
    document.title = `${t('counts.sheet.title')} ${count.number}`;
  }, [t, count.number]);
  const lines = list.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <div className="page count-sheet">
      <div className="row count-sheet-bar">
        <Button onClick={() => void navigate(`/counts/${encodeURIComponent(count.number)}`)}>
          {t('counts.sheet.back')}
        </Button>
        <span className="grow" />
        {list.hasNextPage && <span className="list-again">{t('counts.sheet.more')}</span>}
        {list.hasNextPage && (
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('list.more')}
          </Button>
        )}
        <Button
          type="primary"
          icon={<Icon name="print" />}
          disabled={list.hasNextPage || lines.length === 0}
          onClick={() => window.print()}
        >
          {t('counts.sheet.now')}
        </Button>
      </div>
      <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />
      <header className="count-sheet-head">
        <h1>
          {t('counts.sheet.title')} {count.title}
        </h1>
        <p>
          <span className="mono">{count.number}</span> {dayjs(count.opened_at).format('YYYY-MM-DD HH:mm')}
        </p>
        <p className="count-sheet-sign">
          <span>{t('counts.sheet.who')}：</span>
          <span>{t('counts.sheet.when')}：</span>
          <span>{t('counts.sheet.check')}：</span>
        </p>
      </header>
      {list.isSuccess && lines.length === 0 && <EmptyState icon="place" title={t('counts.sheet.none')} />}
      {lines.length > 0 && (
        <table className="count-sheet-lines">
          <thead>
            <tr>
              <th>{t('place')}</th>
              <th>{t('product')}</th>
              <th>{t('batch_')}</th>
              {!count.blind && <th>{t('counts.sheet.expected')}</th>}
              <th className="count-sheet-write">{t('counts.sheet.counted')}</th>
              <th className="count-sheet-write">{t('counts.sheet.note')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.place} ${line.product} ${line.batch ?? ''}`}>
                <td className="mono">{line.place}</td>
                <td>
                  {line.name} <small className="mono">{line.product}</small>
                </td>
                <td className="mono">{line.batch}</td>
                {!count.blind && (
                  <td className="number">
                    {line.expected?.toLocaleString()} {line.unit}
                  </td>
                )}
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
