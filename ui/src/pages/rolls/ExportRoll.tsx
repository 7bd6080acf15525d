import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FullJob } from '../../api/exports';
import { fetchJobFile } from '../../api/exports';
import { Icon } from '../../components/Icon';
import { ended, useJob } from '../../components/JobProgress';
import { ProblemAlert } from '../../components/ProblemAlert';
import { exportRoll } from './calls';

/** The labels of a roll as a spreadsheet: for the printer's shop, or for whoever looks for the missing ones. */
export function ExportRoll({ code, state }: { code: string; state: string | undefined }) {
  const { t } = useTranslation();
  const start = useMutation({ mutationFn: () => exportRoll(code, 'xlsx', state) });
  const id = start.data?.job ?? null;
  const { data, error } = useJob(id);
  const job = data as FullJob | undefined;
  const fetched = useRef<string | null>(null);
  useEffect(() => {
    if (id === null || job?.state !== 'done' || fetched.current === id) return;
    fetched.current = id;
    void fetchJobFile(id, job.file?.name ?? `${code}.xlsx`);
  }, [id, job, code]);
  return (
    <>
      <Button
        icon={<Icon name="export" size={16} />}
        loading={start.isPending || (id !== null && !ended(job) && error === null)}
        onClick={() => start.mutate()}
      >
        {t('exportList')}
      </Button>
      <ProblemAlert problem={start.error ?? error} />
    </>
  );
}
