import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { problemOf } from '../../api/problem';
import { EmptyState } from '../../components/EmptyState';
import { FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { Printer } from '../../printing/calls';
import { getDrivers, listPrinters, postPrinter } from '../../printing/calls';
import '../../printing/printing.css';
import { addressOf, PRINTER_TONES } from '../../printing/states';
import { PrinterDrawer } from './PrinterDrawer';
import { PrintTabs } from './PrintTabs';

/** Printers (打印机): where they are, how they are, a test label, a pause. */
export function PrintersPage() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [{ q, open }, setFilters] = useFilters(['q', 'open'] as const);
  const drivers = useQuery({
    queryKey: ['print', 'drivers'],
    queryFn: ({ signal }) => getDrivers(signal),
    staleTime: Infinity,
  });
  const driverName = (code: string) => {
    const one = drivers.data?.find((driver) => driver.name === code);
    return one === undefined ? code : i18n.language === 'en' ? one.en : one.zh;
  };
  const add = may('printers.edit') && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setFilters({ open: '+' })}>
      {t('printing.addPrinter')}
    </Button>
  );
  return (
    <Page title={t('printing.nav')} beside={t('printing.printersBeside')} actions={add}>
      <PrintTabs />
      <FilterBar>
        <SearchField
          value={q}
          onChange={(text) => setFilters({ q: text })}
          label={t('printing.findPrinter')}
        />
      </FilterBar>
      <KeyPagedTable<Printer>
        label={t('printing.printers')}
        queryKey={['print', 'printers', 'list', q]}
        fetchPage={(after, signal) => listPrinters({ q, after }, signal)}
        rowKey={(row) => row.code}
        onOpen={(row) => setFilters({ open: row.code })}
        columns={[
          {
            title: t('printing.printer'),
            key: 'name',
            render: (_, row) => (
              <>
                <b>{row.name}</b> <span className="mono hint">{row.code}</span>
              </>
            ),
          },
          { title: t('state_'), key: 'state', render: (_, row) => <Stands printer={row} /> },
          { title: t('printing.driver'), key: 'driver', render: (_, row) => driverName(row.driver) },
          {
            title: t('printing.address'),
            key: 'address',
            render: (_, row) => <span className="mono">{addressOf(row)}</span>,
          },
          {
            title: t('printing.language'),
            key: 'language',
            render: (_, row) => (
              <span className="mono">
                {row.language.toUpperCase()} {row.dpi} dpi
              </span>
            ),
          },
          {
            title: t('printing.station'),
            key: 'station',
            render: (_, row) => [row.place, row.station].filter(Boolean).join(' · '),
          },
          {
            title: t('printing.waiting'),
            key: 'waiting',
            align: 'right',
            render: (_, row) => <span className="number">{row.waiting}</span>,
          },
          { title: '', key: 'do', render: (_, row) => <Actions printer={row} /> },
        ]}
        card={(row) => (
          <>
            <span className="row">
              <b className="grow">{row.name}</b>
              <Stands printer={row} />
            </span>
            <span className="row muted">
              <span className="mono grow">{addressOf(row) || driverName(row.driver)}</span>
              {row.station}
            </span>
          </>
        )}
        empty={
          <EmptyState icon="print" title={t('printing.noPrinter')} action={add}>
            {t('printing.noPrinterHow')}
          </EmptyState>
        }
      />
      <PrinterDrawer
        code={open ?? null}
        drivers={drivers.data ?? []}
        onClose={() => setFilters({ open: null })}
        onSaved={() => {
          setFilters({ open: null });
          void queries.invalidateQueries({ queryKey: ['print'] });
        }}
      />
    </Page>
  );
}

function Stands({ printer }: { printer: Printer }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <Tag tone={PRINTER_TONES[printer.state]}>{t(`printing.printerState.${printer.state}`)}</Tag>
      {printer.trouble !== null && <span className="print-trouble">{printer.trouble.message}</span>}
    </span>
  );
}

/** A test label, a pause: beside the row, without opening it. */
function Actions({ printer }: { printer: Printer }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: (what: 'test' | 'pause' | 'resume') => postPrinter(printer.code, what),
    onSuccess: async (_, what) => {
      await queries.invalidateQueries({ queryKey: ['print'] });
      void message.success(t(`printing.did.${what}`, { name: printer.name }));
    },
    onError: (error) => void message.error(problemOf(error).detail ?? problemOf(error).title),
  });
  const start = (what: 'test' | 'pause' | 'resume') => (event: React.MouseEvent) => {
    event.stopPropagation();
    run.mutate(what);
  };
  return (
    <span className="row printer-actions">
      {may('labels.print') && (
        <Button size="small" loading={run.isPending} onClick={start('test')}>
          {t('printing.test')}
        </Button>
      )}
      {may('printers.edit') && (
        <Button size="small" loading={run.isPending} onClick={start(printer.paused ? 'resume' : 'pause')}>
          {t(printer.paused ? 'printing.resume' : 'printing.pause')}
        </Button>
      )}
    </span>
  );
}
