import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';
import { useMay } from '../../api/session';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { PlaceSelect } from '../../components/pickers';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Driver, Printer, PrinterValues } from '../../printing/calls';
import { changePrinter, createPrinter, deletePrinter, getStatus } from '../../printing/calls';
import { wellness } from '../../printing/states';

interface PrinterDrawerProps {
  /** A printer's code, + for a new one. */
  code: string | null;
  drivers: Driver[];
  onClose: () => void;
  onSaved: () => void;
}

type Values = PrinterValues & { code: string };

const NEW: Values = {
  code: '',
  name: '',
  driver: 'tcp',
  language: 'zpl',
  dpi: 203,
  options: {},
  place: null,
  station: '',
  media: {},
  window: 0,
};

/** Adding or changing one printer; the fields of its driver come from what the driver declares. */
export function PrinterDrawer({ code, drivers, onClose, onSaved }: PrinterDrawerProps) {
  const { t } = useTranslation();
  const may = useMay();
  const fresh = code === '+';
  const found = useQuery({
    queryKey: ['print', 'printers', 'one', code],
    queryFn: ({ signal }) =>
      http.get<Printer>(`/printers/${encodeURIComponent(code ?? '')}`, undefined, signal),
    enabled: code !== null && !fresh,
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const printer = fresh ? undefined : found.data;
  const initial = useMemo<Values>(() => (printer ? valuesOf(printer) : NEW), [printer]);
  const readOnly = !may('printers.edit');
  return (
    <EditDrawer<Values>
      open={code !== null}
      title={fresh ? t('printing.addPrinter') : (printer?.name ?? code)}
      initial={initial}
      readOnly={readOnly}
      save={({ code: own, ...given }) => {
        const values = { ...given, options: filled(given.options), media: filled(given.media) };
        return printer
          ? changePrinter(printer.code, printer.version, values)
          : createPrinter({ code: own, ...values });
      }}
      onSaved={onSaved}
      onClose={onClose}
      above={
        <>
          <ProblemAlert problem={found.error} />
          {printer && <Status printer={printer} />}
        </>
      }
      danger={
        printer &&
        !readOnly &&
        !printer.used && (
          <DeleteButton
            name={printer.code}
            onDelete={() => deletePrinter(printer.code)}
            onDeleted={onSaved}
          />
        )
      }
    >
      <Fields fresh={fresh} drivers={drivers} />
    </EditDrawer>
  );
}

function valuesOf(printer: Printer): Values {
  const { code, name, driver, language, dpi, options, place, station, media, window } = printer;
  return { code, name, driver, language, dpi, options, place, station, media, window };
}

/** Without what was left empty: there the driver's or the label's own value holds. */
const filled = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );

/** How it is, asked when somebody wants to know. */
function Status({ printer }: { printer: Printer }) {
  const { t } = useTranslation();
  const status = useQuery({
    queryKey: ['print', 'status', printer.code],
    queryFn: ({ signal }) => getStatus(printer.code, signal),
    enabled: false,
    retry: false,
  });
  const found = status.data;
  const how = found === undefined ? null : wellness(found);
  return (
    <div className="stack">
      <Button loading={status.isFetching} onClick={() => void status.refetch()}>
        {t('printing.ask')}
      </Button>
      <ProblemAlert problem={status.error} />
      {found !== undefined && how !== null && (
        <Alert
          showIcon
          type={how === 'good' ? 'success' : how === 'bad' ? 'warning' : 'info'}
          title={found.troubles[0]?.message ?? t(`printing.status.${how}`)}
          description={[
            found.troubles[0]?.advice,
            found.counter === null ? null : t('printing.counter', { count: found.counter }),
            found.remaining === null ? null : t('printing.remaining', { count: found.remaining }),
          ]
            .filter(Boolean)
            .join(' ')}
        />
      )}
    </div>
  );
}

function Fields({ fresh, drivers }: { fresh: boolean; drivers: Driver[] }) {
  const { t, i18n } = useTranslation();
  const chosen = Form.useWatch<string | undefined>('driver');
  const form = Form.useFormInstance<Values>();
  const driver = drivers.find((one) => one.name === chosen);
  const spoken = (one: { zh: string; en: string }) => (i18n.language === 'en' ? one.en : one.zh);
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  return (
    <>
      <div className="field-row">
        <Form.Item name="code" label={t('code')} rules={required(t('code'))}>
          <Input className="mono" disabled={!fresh} autoComplete="off" placeholder="ZT-1" />
        </Form.Item>
        <Form.Item name="name" label={t('name')} rules={required(t('name'))}>
          <Input placeholder={t('printing.nameExample')} />
        </Form.Item>
      </div>
      <Form.Item name="driver" label={t('printing.driver')} rules={required(t('printing.driver'))}>
        <Select
          options={drivers.map((one) => ({ value: one.name, label: spoken(one) }))}
          onChange={(name: string) => {
            const first = drivers.find((one) => one.name === name)?.languages[0];
            if (first !== undefined) form.setFieldValue('language', first);
          }}
        />
      </Form.Item>
      {driver?.options.map((option) => (
        <Form.Item
          key={`${driver.name} ${option.name}`}
          name={['options', option.name]}
          label={spoken(option)}
          valuePropName={option.type === 'boolean' ? 'checked' : 'value'}
          rules={option.required ? required(spoken(option)) : []}
        >
          {option.type === 'integer' ? (
            <InputNumber
              min={option.least}
              max={option.most}
              precision={0}
              placeholder={String(option.default ?? option.example)}
            />
          ) : option.type === 'boolean' ? (
            <Switch />
          ) : option.type === 'choice' ? (
            <Select
              allowClear
              placeholder={String(option.default ?? '')}
              options={option.choices.map((value) => ({
                value,
                label: t(`printing.choice.${value}`, { defaultValue: value }),
              }))}
            />
          ) : (
            <Input className="mono" autoComplete="off" placeholder={String(option.example)} />
          )}
        </Form.Item>
      ))}
      <div className="field-row">
        <Form.Item name="language" label={t('printing.language')}>
          <Select
            options={(driver?.languages ?? []).map((value) => ({ value, label: value.toUpperCase() }))}
          />
        </Form.Item>
        <Form.Item name="dpi" label={t('printing.dpi')}>
          <Select options={[203, 300, 600].map((value) => ({ value, label: `${value} dpi` }))} />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name="place" label={t('place')}>
          <PlaceSelect />
        </Form.Item>
        <Form.Item name="station" label={t('printing.station')}>
          <Input placeholder={t('printing.stationExample')} />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name={['media', 'darkness']} label={t('printing.darkness')}>
          <InputNumber min={0} max={15} precision={0} placeholder={t('printing.byLabel')} />
        </Form.Item>
        <Form.Item name={['media', 'speed']} label={t('printing.speed')}>
          <InputNumber min={1} max={14} precision={0} placeholder={t('printing.byLabel')} />
        </Form.Item>
      </div>
    </>
  );
}
