import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { DayField } from '../../components/DayField';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { PrintedLabel } from '../../printing/calls';
import { listPrintLog, postVoid, usePrinters } from '../../printing/calls';
import { PrintDialog } from '../../printing/PrintDialog';
import '../../printing/printing.css';
import { LABEL_TONES } from '../../printing/states';
import { PrintTabs } from './PrintTabs';
import { useLogColumns } from './useLogColumns';

const keyOf = (row: PrintedLabel) => `${row.job} ${row.n}`;

/** The print log (打印记录): every label that was ever ordered; print it again with a reason, or declare it void. */
export function PrintLogPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [filters, setFilters] = useFilters(['item', 'printer', 'state', 'reprint', 'from', 'to'] as const);
  const [chosen, setChosen] = useState<PrintedLabel[]>([]);
  const [doing, setDoing] = useState<'again' | 'void' | null>(null);
  const printers = usePrinters();
  const columns = useLogColumns();
  const { from, to, ...rest } = filters;
  const query = {
    ...rest,
    from: from === undefined ? undefined : dayjs(from).startOf('day').format(),
    to: to === undefined ? undefined : dayjs(to).endOf('day').format(),
  };
  const codes = [...new Set(chosen.flatMap((row) => row.item ?? []))];
  const done = () => {
    setDoing(null);
    setChosen([]);
  };
  return (
    <Page title={t('printing.nav')} beside={t('printing.logBeside')}>
      <PrintTabs />
      <FilterBar>
        <SearchField
          value={filters.item}
          onChange={(item) => setFilters({ item })}
          label={t('printing.findItem')}
        />
        <ChoiceFilter
          label={t('printing.printer')}
          value={filters.printer}
          onChange={(printer) => setFilters({ printer })}
          options={(printers.data?.rows ?? []).map((one) => ({ value: one.code, label: one.name }))}
        />
        <ChoiceFilter
          label={t('state_')}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          options={Object.keys(LABEL_TONES).map((value) => ({
            value,
            label: t(`printing.labelState.${value}`),
          }))}
        />
        <ChoiceFilter
          label={t('printing.reprint')}
          value={filters.reprint}
          onChange={(reprint) => setFilters({ reprint })}
          options={[
            { value: 'true', label: t('printing.reprint') },
            { value: 'false', label: t('printing.firstPrint') },
          ]}
        />
        <DayField
          value={from ?? null}
          aria-label={t('printing.from')}
          placeholder={t('printing.from')}
          onChange={(day) => setFilters({ from: day })}
        />
        <DayField
          value={to ?? null}
          aria-label={t('printing.to')}
          placeholder={t('printing.to')}
          onChange={(day) => setFilters({ to: day })}
        />
      </FilterBar>
      <KeyPagedTable<PrintedLabel>
        label={t('printing.log')}
        queryKey={['print', 'log', query]}
        fetchPage={(after, signal) => listPrintLog({ ...query, after }, signal)}
        rowKey={keyOf}
        columns={columns}
        {...((may('labels.reprint') || may('labels.print')) && {
          selection: {
            selectedRowKeys: chosen.map(keyOf),
            preserveSelectedRowKeys: true,
            onChange: (_: React.Key[], rows: PrintedLabel[]) => setChosen(rows),
          },
        })}
        card={(row) => (
          <>
            <span className="row">
              <Link to={`/items/${encodeURIComponent(row.item ?? row.code)}`} className="grow">
                <Code value={row.code} copy={false} />
              </Link>
              <Tag tone={row.void_at === null ? LABEL_TONES[row.state] : 'red'}>
                {row.void_at === null ? t(`printing.labelState.${row.state}`) : t('printing.voided')}
              </Tag>
            </span>
            <span className="row muted">
              <span className="grow">{row.label}</span>
              {row.user} {dayjs(row.created_at).format('MM-DD HH:mm')}
            </span>
          </>
        )}
        empty={
          <EmptyState icon="print" title={t('printing.noLog')}>
            {t('printing.noLogHow')}
          </EmptyState>
        }
      />
      {chosen.length > 0 && (
        <div className="chosen" role="region" aria-label={t('items.chosen', { count: chosen.length })}>
          <b>{t('printing.chosen', { count: chosen.length })}</b>
          <Button type="text" onClick={() => setChosen([])}>
            {t('items.unchoose')}
          </Button>
          <span className="grow" />
          {may('labels.reprint') && (
            <Button danger onClick={() => setDoing('void')}>
              {t('printing.void')}
            </Button>
          )}
          {may('labels.reprint') && codes.length > 0 && (
            <Button type="primary" icon={<Icon name="print" size={16} />} onClick={() => setDoing('again')}>
              {t('printing.printAgain')}
            </Button>
          )}
        </div>
      )}
      {doing === 'again' && (
        <PrintDialog open codes={codes} reprint={{ label: chosen[0]?.label ?? '' }} onClose={done} />
      )}
      <VoidDialog open={doing === 'void'} rows={chosen} onClose={() => setDoing(null)} onDone={done} />
    </Page>
  );
}

interface VoidProps {
  open: boolean;
  rows: PrintedLabel[];
  onClose: () => void;
  onDone: () => void;
}

/** Why labels are void; the log keeps them, and says it. */
function VoidDialog({ open, rows, onClose, onDone }: VoidProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const run = useMutation({
    mutationFn: () =>
      postVoid(
        rows.map(({ job, n }) => ({ job, n })),
        reason.trim(),
      ),
    onSuccess: async (done) => {
      await queries.invalidateQueries({ queryKey: ['print', 'log'] });
      void message.success(t('printing.voidDone', { count: done.voided }));
      setReason('');
      onDone();
    },
  });
  return (
    <Modal
      open={open}
      title={t('printing.voidTitle', { count: rows.length })}
      okText={t('printing.void')}
      cancelText={t('cancel')}
      okButtonProps={{ danger: true, disabled: reason.trim() === '', loading: run.isPending }}
      onOk={() => run.mutate()}
      onCancel={onClose}
      destroyOnHidden
    >
      <div className="stack">
        <p className="muted">{t('printing.voidHow')}</p>
        <Input
          autoFocus
          value={reason}
          maxLength={500}
          aria-label={t('printing.voidReason')}
          placeholder={t('printing.voidExample')}
          onChange={(event) => setReason(event.target.value)}
        />
        <ProblemAlert problem={run.error} />
      </div>
    </Modal>
  );
}
