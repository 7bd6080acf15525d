import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Spin } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FullJob } from '../../api/exports';
import { cancelJob, fetchJobFile } from '../../api/exports';
import { Code } from '../../components/Code';
import { ExportButton } from '../../components/ExportButton';
import { Icon } from '../../components/Icon';
import { ended, useJob } from '../../components/JobProgress';
import { ProblemAlert, ProblemLine } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import { JobBar, JobState, kindWords } from './JobsPage';

/** One job: how far, what came of it, what went wrong, its file. */
export function JobDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const { data, error } = useJob(id);
  const job = data as FullJob | undefined;
  const cancel = useMutation({
    mutationFn: cancelJob,
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return (
    <Drawer
      open={id !== null}
      onClose={onClose}
      title={job === undefined ? t('jobs.title') : kindWords(job.kind, t)}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 520}
      footer={
        job !== undefined &&
        !ended(job) && (
          <div className="row">
            <span className="hint grow">{t('jobs.cancelHelp')}</span>
            <Button
              danger
              disabled={job.cancelling}
              loading={cancel.isPending}
              onClick={() => cancel.mutate(job.id)}
            >
              {job.cancelling ? t('jobs.cancelling') : t('jobs.cancel')}
            </Button>
          </div>
        )
      }
    >
      <ProblemAlert problem={error ?? cancel.error} />
      {job === undefined && error === null && <Spin />}
      {job !== undefined && (
        <div className="stack">
          <JobBar job={job} />
          <JobState job={{ ...job, errors: job.errors.filter((one) => one.code === 'job_cancelled') }} />
          <dl className="jobs-facts">
            <dt>{t('jobs.who')}</dt>
            <dd>{job.created_by}</dd>
            {(['created_at', 'started_at', 'finished_at'] as const).map((name) => (
              <Fact key={name} name={t(`jobs.${name}`)} at={job[name]} />
            ))}
          </dl>
          {job.file !== null && <FileButton id={job.id} file={job.file} />}
          {job.kind === 'make' && job.state === 'done' && <Made job={job} />}
          {job.errors.length > 0 && (
            <section>
              <h3 className="jobs-head">{t('jobs.problems', { count: job.errors.length })}</h3>
              <ol className="jobs-errors">
                {job.errors.map((one, index) => (
                  <li key={index}>
                    <ProblemLine error={one} />
                  </li>
                ))}
              </ol>
            </section>
          )}
        </div>
      )}
    </Drawer>
  );
}

function Fact({ name, at }: { name: string; at: string | null }) {
  if (at === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd className="mono">{dayjs(at).format('YYYY-MM-DD HH:mm:ss')}</dd>
    </>
  );
}

function FileButton({ id, file }: { id: string; file: { name: string; size: number } }) {
  const { t } = useTranslation();
  const fetching = useMutation({ mutationFn: () => fetchJobFile(id, file.name) });
  return (
    <div>
      <Button
        type="primary"
        icon={<Icon name="import" size={16} />}
        loading={fetching.isPending}
        onClick={() => fetching.mutate()}
      >
        {t('jobs.download', { name: file.name, size: sizeWords(file.size) })}
      </Button>
      <p className="hint">{t('jobs.keptDays')}</p>
      <ProblemAlert problem={fetching.error} />
    </div>
  );
}

/** A file's size as people say it. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function Made({ job }: { job: FullJob }) {
  const { t } = useTranslation();
  const result = job.result as { count?: number; first?: string; last?: string } | null;
  if (result?.first === undefined || result.last === undefined) return null;
  return (
    <section className="jobs-made">
      <p>
        <Code value={result.first} /> … <Code value={result.last} />
      </p>
      <div className="row">
        <ExportButton body={{ what: 'codes', job: job.id }} label={t('jobs.exportCodes')} />
        <Link to={`/making?job=${encodeURIComponent(job.id)}`}>{t('jobs.openMaking')}</Link>
      </div>
    </section>
  );
}
