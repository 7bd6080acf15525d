import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { listJobs } from '../../api/exports';
import { Tag } from '../../components/Tags';

const TONES = { queued: 'grey', running: 'teal', done: 'green', failed: 'red' } as const;

/** The imports of the last days, also those that still run. */
export function Earlier({ kind = 'import_items' }: { kind?: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['jobs', kind],
    queryFn: ({ signal }) => listJobs({ kind, mine: true, limit: 8 }, signal),
    refetchInterval: 5000,
  });
  const jobs = data?.jobs ?? [];
  if (jobs.length === 0) return null;
  return (
    <section className="card" aria-label={t('import.earlier')}>
      <div className="card-head">
        <h2>{t('import.earlier')}</h2>
      </div>
      <ul className="earlier">
        {jobs.map((job) => (
          <li key={job.id}>
            <span className="mono">{dayjs(job.created_at).format('MM-DD HH:mm')}</span>
            <Tag tone={TONES[job.state]}>{t(`job.${job.state}`)}</Tag>
            <span className="number">
              {job.done.toLocaleString()}
              {job.total !== null && ` / ${job.total.toLocaleString()}`}
            </span>
            <span className="muted">{t('import.rowsUnit')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
