import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { newClientKey } from '../api/clientKey';
import { problemOf } from '../api/problem';
import { useMay } from '../api/session';
import { Icon } from '../components/Icon';
import { ProblemAlert } from '../components/ProblemAlert';
import { useIsPhone } from '../components/useIsPhone';
import { listLabels } from '../pages/labels/calls';
import { postPrint, postRecordPrint, usePrinters } from './calls';
import { JobView } from './JobView';
import { lastChoice, keepChoice } from './lastChoice';
import { Picture } from './Picture';
import './printing.css';
import { PRINTER_TONES } from './states';
import { Tag } from '../components/Tags';

interface PrintDialogProps {
  open: boolean;
  codes: string[];
  /** Records of a form that labels are for, instead of items. */
  records?: { app: string; form: string; ids: number[] };
  /** What it is printed for, e.g. the event that made the codes. */
  document?: string;
  /** The label that is meant, where somebody has said so. */
  label?: string;
  /** Labels that these items have already are wanted again. */
  reprint?: { label: string };
  onClose: () => void;
}

/** Labels for items: which label, which printer, how many; then how the job goes, and the first label scanned back. */
export function PrintDialog(props: PrintDialogProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { open, codes, records, onClose } = props;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('printing.title', { count: records?.ids.length ?? codes.length })}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '94%' : 520}
      destroyOnHidden
    >
      <Ordering {...props} />
    </Drawer>
  );
}

function Ordering({ codes, records, label: first, document = '', reprint, onClose }: PrintDialogProps) {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [last] = useState(lastChoice);
  const [label, setLabel] = useState<string | null>(reprint?.label ?? first ?? last.label);
  const [printer, setPrinter] = useState<string | null>(last.printer);
  const [copies, setCopies] = useState(1);
  const [start, setStart] = useState(1);
  const [reason, setReason] = useState('');
  const labels = useQuery({
    queryKey: ['labels', 'to print'],
    queryFn: ({ signal }) => listLabels({ active: true, limit: 200 }, signal),
  });
  const printers = usePrinters();
  const drawn = (labels.data?.labels ?? []).filter((one) => one.version !== null);
  const known = printers.data?.rows ?? [];
  const chosenLabel = drawn.find((one) => one.code === label) ?? (drawn.length === 1 ? drawn[0] : undefined);
  const chosenPrinter =
    known.find((one) => one.code === printer) ?? (known.length === 1 ? known[0] : undefined);
  const print = useMutation({
    mutationFn: () => {
      const how = {
        printer: chosenPrinter?.code ?? '',
        copies,
        reason: reason.trim(),
        start,
        client_key: newClientKey(),
      };
      const code = chosenLabel?.code ?? '';
      if (records === undefined) return postPrint(code, { ...how, items: codes, document });
      return postRecordPrint(records.app, records.form, { ...how, label: code, ids: records.ids });
    },
    onSuccess: () => {
      keepChoice({ label: chosenLabel?.code ?? null, printer: chosenPrinter?.code ?? null });
      void queries.invalidateQueries({ queryKey: ['print'] });
    },
  });
  if (print.data !== undefined) {
    return (
      <div className="stack">
        <JobView id={print.data.job} />
        <p className="muted">
          {t('printing.leave')} <Link to={`/print?open=${print.data.job}`}>{t('printing.jobs')}</Link>
        </p>
        <Button onClick={onClose}>{t('done')}</Button>
      </div>
    );
  }
  const before = print.error !== null && problemOf(print.error).code === 'label_printed_before';
  const needsReason = before || reprint !== undefined;
  const nothing = labels.isSuccess && printers.isSuccess && (drawn.length === 0 || known.length === 0);
  return (
    <form
      className="stack print-order"
      onSubmit={(event) => {
        event.preventDefault();
        print.mutate();
      }}
    >
      {nothing && (
        <Alert
          type="info"
          showIcon
          title={t(drawn.length === 0 ? 'printing.noLabel' : 'printing.noPrinter')}
          description={
            <Link to={drawn.length === 0 ? '/labels' : '/print/printers'}>
              {t(drawn.length === 0 ? 'printing.drawLabel' : 'printing.addPrinter')}
            </Link>
          }
        />
      )}
      <Form.Item label={t('printing.label')} layout="vertical" htmlFor="print-label">
        <Select<string>
          id="print-label"
          aria-label={t('printing.label')}
          value={chosenLabel?.code}
          loading={labels.isPending}
          placeholder={t('pick')}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={setLabel}
          options={drawn.map((one) => ({
            value: one.code,
            label: `${one.name}（${one.width_mm ?? '?'} × ${one.height_mm ?? '?'} mm）`,
          }))}
        />
      </Form.Item>
      {chosenLabel && codes[0] !== undefined && <Picture label={chosenLabel.code} item={codes[0]} />}
      <Form.Item label={t('printing.printer')} layout="vertical" htmlFor="print-printer">
        <Select<string>
          id="print-printer"
          aria-label={t('printing.printer')}
          value={chosenPrinter?.code}
          loading={printers.isPending}
          placeholder={t('pick')}
          onChange={setPrinter}
          options={known.map((one) => ({ value: one.code, label: `${one.name} ${one.code}` }))}
          optionRender={({ value }) => {
            const one = known.find((other) => other.code === value);
            return (
              one && (
                <span className="row">
                  <span className="grow">
                    {one.name} <span className="mono hint">{one.code}</span>
                  </span>
                  <Tag tone={PRINTER_TONES[one.state]}>{t(`printing.printerState.${one.state}`)}</Tag>
                </span>
              )
            );
          }}
        />
      </Form.Item>
      {chosenPrinter?.trouble && (
        <Alert
          type="warning"
          showIcon
          title={chosenPrinter.trouble.message}
          description={chosenPrinter.trouble.advice}
        />
      )}
      <div className="field-row">
        <Form.Item label={t('printing.copies')} layout="vertical" htmlFor="print-copies">
          <InputNumber
            id="print-copies"
            min={1}
            max={999}
            precision={0}
            value={copies}
            onChange={(value) => setCopies(value ?? 1)}
          />
        </Form.Item>
        {chosenPrinter?.language === 'pdf' && (
          <Form.Item label={t('printing.start')} layout="vertical" htmlFor="print-start">
            <InputNumber
              id="print-start"
              min={1}
              max={1000}
              precision={0}
              value={start}
              onChange={(value) => setStart(value ?? 1)}
            />
          </Form.Item>
        )}
      </div>
      {needsReason && (
        <Form.Item
          label={t('printing.reason')}
          required
          layout="vertical"
          htmlFor="print-reason"
          extra={t('printing.reasonHow')}
        >
          <Input
            id="print-reason"
            value={reason}
            maxLength={500}
            placeholder={t('printing.reasonExample')}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      )}
      {before ? (
        <Alert type="warning" showIcon title={problemOf(print.error).detail ?? t('printing.reasonHow')} />
      ) : (
        <ProblemAlert problem={print.error} />
      )}
      <Button
        type="primary"
        size="large"
        htmlType="submit"
        icon={<Icon name="print" />}
        loading={print.isPending}
        disabled={
          !may('labels.print') || !chosenLabel || !chosenPrinter || (needsReason && reason.trim() === '')
        }
      >
        {t('printing.go', { count: codes.length * copies })}
      </Button>
    </form>
  );
}
