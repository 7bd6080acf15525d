import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { PrintJob } from './calls';
import { fetchJobFile, listPrintJobs } from './calls';

/** How far a print job is, in one line. */
export function JobLine({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  return (
    <p className={job.trouble === null ? 'ld-job' : 'ld-job ld-job-trouble'} role="status">
      <Icon name={job.state === 'done' ? 'check' : 'print'} size={15} />
      <span className="grow">
        {t(`labels.job.${job.state}`, { done: job.printed, total: job.total, defaultValue: job.state })}
        {job.trouble !== null && ` ${job.trouble.message}${job.trouble.advice}`}
      </span>
      {job.file !== null && (
        <Button size="small" onClick={() => void fetchJobFile(job)}>
          {t('labels.fetchFile')}
        </Button>
      )}
    </p>
  );
}

/** What was printed with this label last. */
export function RecentJobs({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['labels', 'print jobs', code],
    queryFn: ({ signal }) => listPrintJobs(code, signal),
  });
  const jobs = data?.jobs ?? [];
  if (jobs.length === 0) return null;
  return (
    <div>
      <h3 className="ld-recent-head">{t('labels.recent')}</h3>
      <ul className="ld-recent">
        {jobs.map((job) => (
          <li key={job.id}>
            <time className="number" dateTime={job.created_at}>
              {dayjs(job.created_at).format('MM-DD HH:mm')}
            </time>
            <span className="grow">
              {job.reason === '' ? job.printer : t('labels.again', { reason: job.reason })}
            </span>
            <span className="hint">{job.created_by}</span>
            <b className="number">{t('labels.sheets', { count: job.total })}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
