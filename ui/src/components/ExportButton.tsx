import { useMutation } from '@tanstack/react-query';
import { Button, Dropdown, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportBody, FullJob } from '../api/exports';
import { fetchJobFile, postExport } from '../api/exports';
import { Icon } from './Icon';
import { ended, useJob } from './JobProgress';
import { ProblemAlert } from './ProblemAlert';

interface ExportButtonProps<F extends string> {
  /** What is exported, where it is one of the usual lists. */
  body?: Omit<ExportBody, 'format'>;
  /** How the job is started, where it is something else. */
  onStart?: (format: F) => Promise<{ job: string }>;
  label?: string;
  /** In which formats; else Excel and CSV. */
  formats?: readonly { key: F; label: string }[];
  /** Without a frame, as in a bar of tools. */
  plain?: boolean;
}

const FORMATS = [
  { key: 'xlsx', label: 'Excel (xlsx)' },
  { key: 'csv', label: 'CSV' },
] as const;

/** Exports a list as Excel or CSV: a job makes the file, the browser fetches it when it is done. */
export function ExportButton<F extends string = ExportBody['format']>(props: ExportButtonProps<F>) {
  const { body = { what: 'items' }, onStart, label, formats, plain = false } = props;
  const { t } = useTranslation();
  const start = useMutation({
    mutationFn: (format: string) =>
      onStart ? onStart(format as F) : postExport({ ...body, format: format === 'csv' ? 'csv' : 'xlsx' }),
  });
  const id = start.data?.job ?? null;
  const { data, error } = useJob(id);
  const job = data as FullJob | undefined;
  const fetched = useRef<string | null>(null);

  useEffect(() => {
    if (id === null || job?.state !== 'done' || fetched.current === id) return;
    fetched.current = id;
    void fetchJobFile(id, job.file?.name ?? 'export');
  }, [id, job]);

  const busy = start.isPending || (id !== null && !ended(job) && error === null);
  const total = job?.total ?? 0;
  return (
    <span className="row">
      <Dropdown
        trigger={['click']}
        disabled={busy}
        menu={{
          items: [...(formats ?? FORMATS)],
          onClick: ({ key }) => start.mutate(key),
        }}
      >
        <Button
          {...(plain && { type: 'text' as const })}
          icon={<Icon name="export" size={16} />}
          loading={busy}
        >
          {label ?? t('exportList')}
        </Button>
      </Dropdown>
      {busy && total > 0 && (
        <Progress
          type="circle"
          size={24}
          percent={Math.floor(((job?.done ?? 0) * 100) / total)}
          aria-label={t('job.running')}
        />
      )}
      <ProblemAlert problem={start.error ?? error} />
      {job?.state === 'failed' && (
        <ProblemAlert
          problem={{ title: t('job.failed'), status: 0, code: 'job_failed', errors: job.errors }}
        />
      )}
    </span>
  );
}
