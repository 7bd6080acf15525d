import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Job } from '../api/client';
import { getJob } from '../api/client';
import { ProblemAlert, ProblemLine } from './ProblemAlert';

const POLL_MS = 800;

interface JobProgressProps {
  id: string;
  /** What stands under the bar when it is done. */
  children?: (job: Job) => ReactNode;
}

/** Whether a job will not change any more. */
export function ended(job: Job | undefined): boolean {
  return job !== undefined && (job.state === 'done' || job.state === 'failed');
}

/** A job that is looked at until it has ended; it goes on when the page is left. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => getJob(id ?? '', signal),
    enabled: id !== null,
    refetchInterval: (query) => (ended(query.state.data) ? false : POLL_MS),
  });
}

/** The progress bar of a job, with its result or its errors. */
export function JobProgress({ id, children }: JobProgressProps) {
  const { t } = useTranslation();
  const { data: job, error } = useJob(id);
  if (error !== null) return <ProblemAlert problem={error} />;
  if (job === undefined) return null;
  const total = job.total ?? 0;
  const percent = job.state === 'done' ? 100 : total > 0 ? Math.floor((job.done * 100) / total) : 0;
  return (
    <div className="stack" aria-live="polite">
      <Progress
        percent={percent}
        status={job.state === 'failed' ? 'exception' : job.state === 'done' ? 'success' : 'active'}
        strokeColor="var(--green)"
        aria-label={t(`job.${job.state}`)}
      />
      <p className="muted">
        {t(`job.${job.state}`)} <span className="number">{job.done.toLocaleString()}</span>
        {total > 0 && <span className="number"> / {total.toLocaleString()}</span>}
        {!ended(job) && ` · ${t('job.leave')}`}
      </p>
      {job.errors.length > 0 && (
        <ul>
          {job.errors.map((item, index) => (
            <li key={index}>
              <ProblemLine error={item} />
            </li>
          ))}
        </ul>
      )}
      {job.state === 'done' && children?.(job)}
    </div>
  );
}
