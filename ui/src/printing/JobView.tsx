import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Progress, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session';
import { Icon } from '../components/Icon';
import { ProblemAlert, ProblemLine } from '../components/ProblemAlert';
import { Tag } from '../components/Tags';
import type { PrintJob } from './calls';
import { isOver, openJobFile, postPrintJob, usePrintJob } from './calls';
import { Confirm } from './Confirm';
import { Doubtful } from './Doubtful';
import './printing.css';
import { JOB_TONES, percentOf } from './states';

/** One print job: how far it is, what keeps it, what a person has to do about it. It goes on when the page is left. */
export function JobView({ id }: { id: string }) {
  const job = usePrintJob(id);
  if (job.isPending) return <Skeleton active />;
  if (job.isError) return <ProblemAlert problem={job.error} onRetry={() => void job.refetch()} />;
  return <Known job={job.data} />;
}

function Known({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  const scannable = job.kind === 'labels' && job.printed > 0 && job.state !== 'cancelled';
  return (
    <div className="stack print-job" aria-live="polite">
      <div className="row">
        <Tag tone={JOB_TONES[job.state]}>{t(`printing.job.${job.state}`)}</Tag>
        <b>{job.kind === 'test' ? t('printing.testLabel') : job.label}</b>
        <span className="muted">
          → <span className="mono">{job.printer}</span>
        </span>
        {job.wish !== '' && <span className="hint">{t(`printing.wish.${job.wish}`)}</span>}
      </div>
      <Progress
        percent={percentOf(job)}
        status={job.state === 'failed' ? 'exception' : job.state === 'done' ? 'success' : 'normal'}
        strokeColor="var(--green)"
        aria-label={t('printing.progress')}
      />
      <p className="number">
        {t('printing.printedOf', {
          printed: job.printed.toLocaleString(),
          total: job.total.toLocaleString(),
        })}
        {job.doubtful > 0 && (
          <span className="print-doubt"> · {t('printing.inDoubt', { count: job.doubtful })}</span>
        )}
      </p>
      {job.trouble !== null && (
        <Alert type="warning" showIcon title={job.trouble.message} description={job.trouble.advice} />
      )}
      {job.errors.length > 0 && (
        <ul className="print-errors">
          {job.errors.slice(0, 20).map((one, index) => (
            <li key={index}>
              <ProblemLine error={one} />
            </li>
          ))}
        </ul>
      )}
      {job.state === 'ready' && <Ready job={job} />}
      {job.doubtful > 0 && <Doubtful job={job} />}
      {scannable && <Confirm job={job} />}
      <Steering job={job} />
    </div>
  );
}

/** The file that a person prints from the browser. */
function Ready({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const open = useMutation({
    mutationFn: () => openJobFile(job.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['print'] }),
  });
  return (
    <div className="print-ready">
      <p>{t('printing.readyHow')}</p>
      <Button
        type="primary"
        size="large"
        icon={<Icon name="print" />}
        loading={open.isPending}
        onClick={() => open.mutate()}
      >
        {t('printing.openFile')}
      </Button>
      <ProblemAlert problem={open.error} />
    </div>
  );
}

/** Pause, go on, cancel: whatever makes sense now. */
function Steering({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const may = useMay();
  const queries = useQueryClient();
  const steer = useMutation({
    mutationFn: (what: 'pause' | 'resume' | 'cancel') => postPrintJob(job.id, what),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['print'] }),
  });
  if (isOver(job) || !may('labels.print')) return null;
  const cancel = () =>
    void modal.confirm({
      title: t('printing.cancelTitle'),
      content: t('printing.cancelHow', { left: (job.total - job.printed).toLocaleString() }),
      okText: t('printing.cancel'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: () => steer.mutateAsync('cancel').catch(() => undefined),
    });
  return (
    <div className="row">
      {job.state === 'paused' ? (
        <Button type="primary" loading={steer.isPending} onClick={() => steer.mutate('resume')}>
          {t('printing.resume')}
        </Button>
      ) : (
        (job.state === 'queued' || job.state === 'running') && (
          <Button loading={steer.isPending} onClick={() => steer.mutate('pause')}>
            {t('printing.pause')}
          </Button>
        )
      )}
      <Button danger onClick={cancel}>
        {t('printing.cancel')}
      </Button>
      <ProblemAlert problem={steer.error} />
    </div>
  );
}
