import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Notice } from './calls';
import { listNotices, markRead } from './calls';
import './notices.css';

/** What one was told (通知), newest first. */
export function NoticesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam, signal }) => listNotices(pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const read = useMutation({
    mutationFn: markRead,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  const notices = found.data?.pages.flatMap((page) => page.notices) ?? [];
  const open = (one: Notice) => {
    if (!one.read) read.mutate([one.id]);
    // Only pages of our own; the server makes these links.
    if (one.link.startsWith('/') && !one.link.startsWith('//')) void navigate(one.link);
  };
  return (
    <Page
      title={t('notices.title')}
      actions={
        notices.some((one) => !one.read) && (
          <Button loading={read.isPending} onClick={() => read.mutate(null)}>
            {t('notices.allRead')}
          </Button>
        )
      }
    >
      <section className="card notices">
        {found.isPending && <Spin className="table-wait" />}
        {found.isError && <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />}
        {found.isSuccess && notices.length === 0 && (
          <EmptyState icon="bell" title={t('notices.none')}>
            {t('notices.noneHow')}
          </EmptyState>
        )}
        <ul>
          {notices.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                className={one.read ? 'notice' : 'notice notice-new'}
                onClick={() => open(one)}
              >
                <span className="notice-dot" aria-hidden="true" />
                <span className="notice-text">
                  {!one.read && <span className="visually-hidden">{t('notices.unread')} </span>}
                  {one.text}
                </span>
                <time className="hint mono" dateTime={one.at}>
                  {dayjs(one.at).format('MM-DD HH:mm')}
                </time>
              </button>
            </li>
          ))}
        </ul>
        {found.hasNextPage && (
          <Button
            type="text"
            block
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('list.more')}
          </Button>
        )}
      </section>
    </Page>
  );
}
