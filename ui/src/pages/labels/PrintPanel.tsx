import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveBlob } from '../../api/http';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Dpi } from '../../labels/template';
import { listPrinters, renderLabels } from './calls';
import { JobLine, RecentJobs } from './RecentJobs';
import { usePrinting } from './usePrinting';

interface PrintPanelProps {
  code: string;
  /** The version that is printed; null before the first one is published. */
  published: number | null;
  /** Whether something was changed since. */
  draft: boolean;
  sample: string | null;
  offered: string[];
  dpi: Dpi;
  /** Whether it comes on sheets, of which the first may be partly used. */
  sheets: boolean;
}

/** Printing: on which printer, which items, how often; or into a file. */
export function PrintPanel({ code, published, draft, sample, offered, dpi, sheets }: PrintPanelProps) {
  const { t } = useTranslation();
  const may = useMay()('labels.print');
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [copies, setCopies] = useState(1);
  const [start, setStart] = useState(1);
  const [reason, setReason] = useState('');
  const printing = usePrinting(code);
  const printers = useQuery({
    queryKey: ['labels', 'printers'],
    queryFn: ({ signal }) => listPrinters(signal),
  });
  const known = printers.data?.printers ?? [];
  const printer = known.find((one) => one.code === printing.printer) ?? known[0];
  const items = chosen ?? (sample === null ? [] : [sample]);
  const file = useMutation({
    mutationFn: (format: 'pdf' | 'png') => renderLabels(code, { items, format, dpi, start }),
    onSuccess: (blob, format) => saveBlob(blob, `${code}.${blob.type.includes('zip') ? 'zip' : format}`),
  });
  const order = (some: string[], times: number) => {
    if (printer === undefined) return;
    printing.order.mutate(
      {
        printer: printer.code,
        items: some,
        copies: times,
        reason: reason.trim(),
        start,
      },
      { onSuccess: () => setReason('') },
    );
  };
  const ready = may && published !== null && printer !== undefined && items.length > 0;
  const count = items.length * copies;
  return (
    <section className="ld-section ld-printing" aria-label={t('labels.print')}>
      <header>
        <h2>{t('labels.print')}</h2>
        <span className="grow" />
        {published !== null && (
          <span className="hint">
            {t(draft ? 'labels.printsOlder' : 'labels.printsV', { version: published })}
          </span>
        )}
      </header>
      {published === null ? (
        <p className="hint">{t('labels.publishFirst')}</p>
      ) : (
        <>
          <div className="ld-property">
            <label className="ld-label" htmlFor="ld-printer">
              {t('labels.printer')}
            </label>
            <Select<string>
              id="ld-printer"
              size="small"
              {...(printer !== undefined && { value: printer.code })}
              placeholder={t('labels.noPrinter')}
              options={known.map((one) => ({ value: one.code, label: one.name }))}
              onChange={printing.choose}
              popupMatchSelectWidth={false}
            />
          </div>
          {printer !== undefined && (
            <p className="hint ld-under-label">
              <span className={`ld-printer-dot ld-printer-${printer.state}`} aria-hidden="true" />
              {t(`labels.printerState.${printer.state}`)} · {printer.language.toUpperCase()} · {printer.dpi}{' '}
              dpi
              {printer.trouble !== null && <span className="ld-wrong"> {printer.trouble.message}</span>}
            </p>
          )}
          <div className="ld-property ld-property-tall">
            <label className="ld-label" htmlFor="ld-items">
              {t('labels.which')}
            </label>
            <Select<string[]>
              id="ld-items"
              size="small"
              mode="tags"
              className="mono"
              value={items}
              maxTagCount={3}
              tokenSeparators={[',', '，', ';', '；', ' ', '\n', '\t']}
              placeholder={t('labels.whichHelp')}
              options={offered.map((value) => ({ value }))}
              onChange={setChosen}
            />
          </div>
          <div className="ld-property">
            <label className="ld-label" htmlFor="ld-copies">
              {t('labels.copies')}
            </label>
            <InputNumber
              id="ld-copies"
              size="small"
              value={copies}
              min={1}
              max={999}
              precision={0}
              onChange={(value) => setCopies(value ?? 1)}
            />
            <span className="grow" />
            <Button
              size="small"
              disabled={items.length === 0}
              loading={file.isPending}
              onClick={() => file.mutate('pdf')}
            >
              PDF
            </Button>
            <Button
              size="small"
              disabled={items.length === 0}
              loading={file.isPending}
              onClick={() => file.mutate('png')}
            >
              PNG
            </Button>
          </div>
          {sheets && (
            <div className="ld-property">
              <label className="ld-label" htmlFor="ld-start">
                {t('labels.start')}
              </label>
              <InputNumber
                id="ld-start"
                size="small"
                value={start}
                min={1}
                max={1000}
                precision={0}
                onChange={(value) => setStart(value ?? 1)}
              />
              <span className="hint">{t('labels.startHelp')}</span>
            </div>
          )}
          {printing.before && (
            <Input
              size="small"
              value={reason}
              aria-label={t('labels.reason')}
              placeholder={t('labels.reason')}
              maxLength={200}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          <div className="ld-print-buttons">
            <Button disabled={!ready} onClick={() => order(items.slice(0, 1), 1)}>
              {t('labels.printOne')}
            </Button>
            <Button
              type="primary"
              icon={<Icon name="print" size={16} />}
              disabled={!ready || (printing.before && reason.trim() === '')}
              loading={printing.order.isPending}
              onClick={() => order(items, copies)}
            >
              {t('labels.printMany', { count })}
            </Button>
          </div>
          <ProblemAlert problem={printing.order.error ?? file.error ?? printers.error} />
          {printing.job !== undefined && <JobLine job={printing.job} />}
          <RecentJobs code={code} />
        </>
      )}
    </section>
  );
}
