import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Progress } from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import type { PrintJob } from '../../printing/calls';
import { listPrintJobs, usePrinters } from '../../printing/calls';
import { JobView } from '../../printing/JobView';
import '../../printing/printing.css';
import { JOB_TONES, percentOf } from '../../printing/states';
import { PrintTabs } from './PrintTabs';

const LIVE_MS = 3000;

/** Print jobs (打印任务): what is printing, what stands still and why, what a person has to settle. */
export function PrintJobsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters(['state', 'printer', 'mine'] as const);
  const [{ open }, setOpen] = useFilters(['open'] as const);
  const printers = usePrinters();
  useEffect(() => {
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['print', 'jobs'] }), LIVE_MS);
    return () => clearInterval(timer);
  }, [queries]);
  const name = (job: PrintJob) => (job.kind === 'test' ? t('printing.testLabel') : job.label);
  return (
    <Page title={t('printing.nav')} beside={t('printing.jobsBeside')}>
      <PrintTabs />
      <FilterBar>
        <ChoiceFilter
          label={t('state_')}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          options={Object.keys(JOB_TONES).map((value) => ({ value, label: t(`printing.job.${value}`) }))}
        />
        <ChoiceFilter
          label={t('printing.printer')}
          value={filters.printer}
          onChange={(printer) => setFilters({ printer })}
          options={(printers.data?.rows ?? []).map((one) => ({ value: one.code, label: one.name }))}
        />
        <ChoiceFilter
          label={t('printing.whose')}
          value={filters.mine}
          onChange={(mine) => setFilters({ mine })}
          options={[{ value: 'true', label: t('printing.mine') }]}
        />
      </FilterBar>
      <KeyPagedTable<PrintJob>
        label={t('printing.jobs')}
        queryKey={['print', 'jobs', filters]}
        fetchPage={(after, signal) => listPrintJobs({ ...filters, after }, signal)}
        rowKey={(row) => row.id}
        onOpen={(row) => setOpen({ open: row.id })}
        columns={[
          {
            title: t('state_'),
            key: 'state',
            render: (_, row) => <Tag tone={JOB_TONES[row.state]}>{t(`printing.job.${row.state}`)}</Tag>,
          },
          { title: t('printing.label'), key: 'label', render: (_, row) => <b>{name(row)}</b> },
          {
            title: t('printing.printer'),
            key: 'printer',
            render: (_, row) => <span className="mono">{row.printer}</span>,
          },
          {
            title: t('printing.progress'),
            key: 'progress',
            render: (_, row) => (
              <span className="row">
                <Progress
                  className="print-share"
                  percent={percentOf(row)}
                  size="small"
                  showInfo={false}
                  strokeColor="var(--green)"
                />
                <span className="number">
                  {row.printed.toLocaleString()}/{row.total.toLocaleString()}
                </span>
              </span>
            ),
          },
          { title: t('printing.trouble'), key: 'trouble', render: (_, row) => <Trouble job={row} /> },
          { title: t('printing.who'), dataIndex: 'created_by' },
          {
            title: t('created'),
            key: 'at',
            render: (_, row) => <span className="mono">{dayjs(row.created_at).format('MM-DD HH:mm')}</span>,
          },
        ]}
        card={(row) => (
          <>
            <span className="row">
              <b className="grow">{name(row)}</b>
              <Tag tone={JOB_TONES[row.state]}>{t(`printing.job.${row.state}`)}</Tag>
            </span>
            <span className="row muted">
              <span className="mono">{row.printer}</span>
              <span className="grow">{dayjs(row.created_at).format('MM-DD HH:mm')}</span>
              <span className="number">
                {row.printed.toLocaleString()}/{row.total.toLocaleString()}
              </span>
            </span>
            {(row.trouble !== null || row.doubtful > 0) && <Trouble job={row} />}
          </>
        )}
        empty={
          <EmptyState
            icon="print"
            title={t('printing.noJobs')}
            action={
              <Button type="primary" onClick={() => void navigate('/items')}>
                {t('printing.toItems')}
              </Button>
            }
          >
            {t('printing.noJobsHow')}
          </EmptyState>
        }
      />
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen({ open: null })}
        title={t('printing.one')}
        placement={phone ? 'bottom' : 'right'}
        size={phone ? '92%' : 520}
        destroyOnHidden
      >
        {open !== undefined && <JobView id={open} />}
      </Drawer>
    </Page>
  );
}

/** What keeps a job from going on, in words. */
function Trouble({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  if (job.trouble !== null) return <span className="print-trouble">{job.trouble.message}</span>;
  if (job.doubtful > 0) {
    return <span className="print-doubt">{t('printing.inDoubt', { count: job.doubtful })}</span>;
  }
  if (job.confirmed?.answer === 'wrong') return <span className="print-trouble">{t('printing.wrong')}</span>;
  return <span className="muted">–</span>;
}
