import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { listLog } from './calls';

/** What was done with a roll, the newest first. */
export function LogList({ code }: { code: string }) {
  const { t } = useTranslation();
  const log = useInfiniteQuery({
    queryKey: ['rolls', 'log', code],
    queryFn: ({ pageParam, signal }) => listLog(code, { after: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (log.isPending) return <Spin className="table-wait" />;
  if (log.isError) return <ProblemAlert problem={log.error} onRetry={() => void log.refetch()} />;
  const rows = log.data.pages.flatMap((page) => page.rows);
  return (
    <div className="card">
      <ul className="roll-log">
        {rows.map((row) => (
          <li key={`${row.at} ${row.kind} ${row.first}`}>
            <time className="mono">{dayjs(row.at).format('YYYY-MM-DD HH:mm')}</time>
            <span className="grow">
              <b>{t(`rolls.done.${row.kind}`, { count: row.labels })}</b>{' '}
              <span className="mono hint">
                {row.first}
                {row.last !== row.first && ` … ${row.last}`}
              </span>{' '}
              <span className="muted">
                {[row.line, row.place, row.partner, row.document].filter(Boolean).join(' · ')}
                {row.reason !== '' &&
                  reason(row.reason, (key) => t(`rolls.reason.${key}`, { defaultValue: key }))}
              </span>
            </span>
            <span className="muted">{row.actor}</span>
          </li>
        ))}
      </ul>
      {log.hasNextPage && (
        <div className="table-foot">
          <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t('list.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Why labels were spoiled: a word of ours, and what somebody wrote beside it. */
function reason(text: string, word: (key: string) => string): string {
  const [key = '', ...note] = text.split(': ');
  return [word(key), ...note].join('：');
}
