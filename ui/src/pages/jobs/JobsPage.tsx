import { useQueryClient } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Progress, Switch } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FullJob } from '../../api/exports';
import { listJobs } from '../../api/exports';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { JobDrawer } from './JobDrawer';
import './jobs.css';

const STATES = ['queued', 'running', 'done', 'failed'] as const;
const LOOK_AGAIN_MS = 2000;

/** Everything that runs or ran in the background. */
export function JobsPage() {
  const { t } = useTranslation();
  const seesAll = useMay()('jobs.view');
  const [filters, setFilters] = useFilters(['state', 'kind', 'mine', 'open'] as const);
  const [someRun, setSomeRun] = useState(false);
  const queries = useQueryClient();
  const { state, kind, mine } = filters;

  useEffect(() => {
    if (!someRun) return;
    const timer = setInterval(
      () => void queries.invalidateQueries({ queryKey: ['jobs', 'list'] }),
      LOOK_AGAIN_MS,
    );
    return () => clearInterval(timer);
  }, [someRun, queries]);

  return (
    <Page title={t('jobs.title')} beside={t('jobs.beside')}>
      <div className="stack">
        <FilterBar>
          <ChoiceFilter
            value={state}
            label={t('state_')}
            options={STATES.map((value) => ({ value, label: t(`job.${value}`) }))}
            onChange={(value) => setFilters({ state: value })}
          />
          <ChoiceFilter
            value={kind}
            label={t('kind')}
            options={KINDS.map((value) => ({ value, label: t(`jobs.kinds.${value}`) }))}
            onChange={(value) => setFilters({ kind: value })}
          />
          {seesAll && (
            <label className="row">
              <Switch checked={mine === 'true'} onChange={(on) => setFilters({ mine: on ? 'true' : null })} />
              {t('jobs.mine')}
            </label>
          )}
        </FilterBar>
        <KeyPagedTable<FullJob>
          queryKey={['jobs', 'list', { state, kind, mine }]}
          fetchPage={async (after, signal) => {
            const { jobs, next } = await listJobs({ state, kind, mine, after }, signal);
            setSomeRun(jobs.some((job) => job.state === 'queued' || job.state === 'running'));
            return { rows: jobs, next };
          }}
          rowKey={(job) => job.id}
          columns={columns(t)}
          label={t('jobs.title')}
          onOpen={(job) => setFilters({ open: job.id })}
          empty={
            <EmptyState icon="jobs" title={t('jobs.empty')}>
              {t('jobs.emptyHelp')}
            </EmptyState>
          }
          card={(job) => <JobCard job={job} />}
        />
      </div>
      <JobDrawer id={filters.open ?? null} onClose={() => setFilters({ open: null })} />
    </Page>
  );
}

export const KINDS = ['make', 'import_items', 'export_items', 'export_codes'] as const;

type Say = (key: string, options?: Record<string, unknown>) => string;

/** What a job does, in words. */
export function kindWords(kind: string, t: Say): string {
  return t(`jobs.kinds.${kind}`, { defaultValue: kind });
}

function columns(t: Say): NonNullable<TableProps<FullJob>['columns']> {
  return [
    {
      key: 'kind',
      title: t('kind'),
      render: (_, job) => <b className="jobs-kind">{kindWords(job.kind, t)}</b>,
    },
    { key: 'progress', title: t('jobs.progress'), render: (_, job) => <JobBar job={job} /> },
    { key: 'state', title: t('state_'), render: (_, job) => <JobState job={job} /> },
    { key: 'who', title: t('jobs.who'), dataIndex: 'created_by' },
    { key: 'when', title: t('jobs.when'), render: (_, job) => <Time at={job.created_at} /> },
    { key: 'took', title: t('jobs.took'), align: 'right', render: (_, job) => <Took job={job} /> },
  ];
}

/** How far a job is. */
export function JobBar({ job }: { job: FullJob }) {
  const total = job.total ?? 0;
  const percent = job.state === 'done' ? 100 : total > 0 ? Math.floor((job.done * 100) / total) : 0;
  return (
    <span className="jobs-bar">
      <Progress
        percent={percent}
        showInfo={false}
        size="small"
        strokeColor={job.state === 'failed' ? 'var(--cinnabar)' : 'var(--green)'}
        aria-label={`${percent}%`}
      />
      <span className="number">
        {job.done.toLocaleString()}
        {total > 0 && ` / ${total.toLocaleString()}`}
      </span>
    </span>
  );
}

const TONES = { queued: 'grey', running: 'teal', done: 'green', failed: 'red' } as const;

/** In one word how a job stands; for a failed one the first reason. */
export function JobState({ job }: { job: FullJob }) {
  const { t } = useTranslation();
  const cancelled = job.errors.some((error) => error.code === 'job_cancelled');
  const words = job.cancelling
    ? t('jobs.cancelling')
    : cancelled
      ? t('jobs.cancelled')
      : t(`job.${job.state}`);
  return (
    <span className="row jobs-state">
      <Tag tone={cancelled ? 'grey' : TONES[job.state]}>{words}</Tag>
      {!cancelled && job.errors[0] !== undefined && (
        <span className="jobs-reason">{job.errors[0].message}</span>
      )}
      {job.file !== null && <span className="hint">{job.file.name}</span>}
    </span>
  );
}

function Time({ at }: { at: string }) {
  return (
    <time className="mono" dateTime={at} title={dayjs(at).format('YYYY-MM-DD HH:mm:ss')}>
      {dayjs(at).isSame(dayjs(), 'day') ? dayjs(at).format('HH:mm:ss') : dayjs(at).format('MM-DD HH:mm')}
    </time>
  );
}

function Took({ job }: { job: FullJob }) {
  const { t } = useTranslation();
  if (job.started_at === null) return <span className="muted">–</span>;
  const seconds = dayjs(job.finished_at ?? undefined).diff(dayjs(job.started_at), 'millisecond') / 1000;
  return (
    <span className="number">
      {seconds < 90
        ? t('jobs.seconds', { count: Number(seconds.toFixed(1)) })
        : t('jobs.minutes', { count: Math.round(seconds / 60) })}
    </span>
  );
}

function JobCard({ job }: { job: FullJob }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="row">
        <b className="grow">{kindWords(job.kind, t)}</b>
        <Time at={job.created_at} />
      </span>
      <JobBar job={job} />
      <JobState job={job} />
    </>
  );
}
