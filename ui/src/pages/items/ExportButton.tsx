import { useMutation } from '@tanstack/react-query';
import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/http';
import { Icon } from '../../components/Icon';
import { JobProgress } from '../../components/JobProgress';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { ItemFilters } from './calls';
import { startExport } from './calls';

/** Makes a spreadsheet of the list as it is narrowed; a job that goes on when the page is left. */
export function ExportButton({ filters }: { filters: ItemFilters }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const start = useMutation({ mutationFn: () => startExport(format, filters) });
  const fetchFile = useMutation({
    mutationFn: (job: string) =>
      download(`/jobs/${encodeURIComponent(job)}/file`, `${t('items.title')}.${format}`),
  });
  const count = Object.keys(filters).length;
  return (
    <>
      <Button icon={<Icon name="export" />} onClick={() => setOpen(true)}>
        {t('items.export')}
      </Button>
      <Modal
        open={open}
        title={t('items.export')}
        onCancel={() => setOpen(false)}
        afterClose={() => start.reset()}
        footer={
          start.data ? (
            <Button onClick={() => setOpen(false)}>{t('close')}</Button>
          ) : (
            <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
              {t('items.exportGo')}
            </Button>
          )
        }
        destroyOnHidden
      >
        <div className="stack">
          <p className="muted">{count === 0 ? t('items.exportAll') : t('items.exportFiltered', { count })}</p>
          {start.data ? (
            <JobProgress id={start.data.job}>
              {() => (
                <Button
                  type="primary"
                  icon={<Icon name="import" />}
                  loading={fetchFile.isPending}
                  onClick={() => fetchFile.mutate(start.data.job)}
                >
                  {t('items.exportFetch')}
                </Button>
              )}
            </JobProgress>
          ) : (
            <Radio.Group
              value={format}
              onChange={(event) => setFormat(event.target.value as 'xlsx' | 'csv')}
              options={[
                { value: 'xlsx', label: t('items.xlsx') },
                { value: 'csv', label: t('items.csv') },
              ]}
            />
          )}
          <ProblemAlert problem={start.error ?? fetchFile.error} />
        </div>
      </Modal>
    </>
  );
}
