import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '../components/Code';
import { ProblemAlert } from '../components/ProblemAlert';
import type { Outcome, PrintJob } from './calls';
import { listJobLabels, postResolve } from './calls';

const PAGE = 100;

/** Labels of which nobody knows whether they came out: a person looks, and says it one by one or for all. */
export function Doubtful({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [found, setFound] = useState<Record<number, Outcome>>({});
  const list = useInfiniteQuery({
    queryKey: ['print', 'job', job.id, 'doubtful', job.doubtful],
    queryFn: ({ pageParam, signal }) =>
      listJobLabels(job.id, { state: 'doubtful', after: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const told = Object.entries(found).map(([n, outcome]) => ({ n: Number(n), outcome }));
  const resolve = useMutation({
    mutationFn: (rest: Outcome | null) => postResolve(job.id, told, rest),
    onSuccess: async () => {
      setFound({});
      await queries.invalidateQueries({ queryKey: ['print'] });
    },
  });
  return (
    <section className="print-doubtful" aria-label={t('printing.doubtful')}>
      <p>
        <b>{t('printing.doubtfulTitle', { count: job.doubtful })}</b>{' '}
        <span className="muted">{t('printing.doubtfulHow')}</span>
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.n}>
            <span className="number hint">{row.n}</span>
            <span className="grow">
              <Code value={row.code === '' ? row.record : row.code} copy={false} />
            </span>
            <Segmented<string>
              size="small"
              value={found[row.n] ?? ''}
              aria-label={t('printing.whatCame', { code: row.code })}
              onChange={(value) =>
                setFound((before) => ({ ...before, [row.n]: value === 'printed' ? 'printed' : 'again' }))
              }
              options={[
                { value: 'printed', label: t('printing.came') },
                { value: 'again', label: t('printing.again') },
              ]}
            />
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button size="small" onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
      <div className="row print-resolve">
        {told.length > 0 && (
          <Button type="primary" loading={resolve.isPending} onClick={() => resolve.mutate(null)}>
            {t('printing.resolveThese', { count: told.length })}
          </Button>
        )}
        <Button loading={resolve.isPending} onClick={() => resolve.mutate('printed')}>
          {t(told.length > 0 ? 'printing.restCame' : 'printing.allCame')}
        </Button>
        <Button loading={resolve.isPending} onClick={() => resolve.mutate('again')}>
          {t(told.length > 0 ? 'printing.restAgain' : 'printing.allAgain')}
        </Button>
      </div>
      <ProblemAlert problem={resolve.error} />
    </section>
  );
}
