import { Checkbox, DatePicker, Form, Input, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataField, OperationKind } from '../api/operations';
import { useNamed } from '../api/operations';
import { useMay } from '../api/session';
import { MeasuredValues } from './MeasuredValues';
import './operationfields.css';
import { PartnerSelect, PlaceSelect } from './pickers';

/** Everything of a posting besides the items. */
export interface OperationValues {
  place: string | null;
  from: string | null;
  partner: string | null;
  document: string;
  /** RFC 3339, null for now. */
  occurredAt: string | null;
  note: string;
  data: Record<string, unknown>;
}

interface OperationFieldsProps {
  kind: OperationKind;
  values: OperationValues;
  onChange: (change: Partial<OperationValues>) => void;
  /** Fields of `data` that are filled otherwise, e.g. by scanning. */
  without?: string[];
  /** Fields that must be filled before it can be posted; they are marked. */
  lacking?: string[];
  disabled?: boolean;
}

/** The form of an operation, made of what the operation declares. */
export function OperationFields(props: OperationFieldsProps) {
  const { kind, values, onChange, without = [], lacking = [], disabled = false } = props;
  const { t } = useTranslation();
  const may = useMay();
  const filledMore = values.from !== null || values.occurredAt !== null || values.note !== '';
  const [more, setMore] = useState(filledMore);
  const setData = (name: string, value: unknown) => onChange({ data: { ...values.data, [name]: value } });
  const fields = kind.data.filter(
    (field) => !without.includes(field.name) && field.name !== 'components' && field.kind !== 'event',
  );
  const main = fields.filter((field) => field.name !== 'owner' && field.name !== 'values');
  const rare = fields.filter((field) => field.name === 'owner');
  const values_ = fields.find((field) => field.name === 'values');
  const dataField = (field: DataField) => (
    <Data key={field.name} field={field} value={values.data[field.name]} set={setData} lacking={lacking} />
  );
  return (
    <Form layout="vertical" component="div" className="operation-fields" disabled={disabled}>
      {kind.chooses.length > 0 && (
        <Field label={t('scan.field.to')} lacking={lacking.includes('to')}>
          <Select<string>
            allowClear
            value={(values.data['to'] as string | undefined) ?? null}
            placeholder={t('scan.field.toFirst')}
            options={kind.chooses.map((state) => ({
              value: state,
              label: t(`state.${state}`, { defaultValue: state }),
            }))}
            onChange={(to: string | undefined) => setData('to', to ?? null)}
          />
        </Field>
      )}
      {main.map(dataField)}
      {kind.place !== 'cleared' && (
        <Field
          label={t(kind.place === 'needed' ? 'scan.field.place' : 'scan.field.placeMaybe')}
          required={kind.place === 'needed'}
          lacking={lacking.includes('place')}
        >
          <PlaceSelect value={values.place} onChange={(place) => onChange({ place })} />
        </Field>
      )}
      {kind.holder !== 'kept' && (
        <Field label={t(kind.holder === 'partner' ? 'scan.field.partner' : 'scan.field.bringer')}>
          <PartnerSelect value={values.partner} onChange={(partner) => onChange({ partner })} />
        </Field>
      )}
      <Field label={t('scan.field.document')}>
        <Input
          className="mono"
          value={values.document}
          maxLength={200}
          allowClear
          onChange={(event) => onChange({ document: event.target.value })}
        />
      </Field>
      {values_ !== undefined && (
        <Field label={t('scan.field.values')}>
          <MeasuredValues value={values.data['values']} onChange={(list) => setData('values', list)} />
        </Field>
      )}
      {!more && (
        <button type="button" className="link-button" onClick={() => setMore(true)} disabled={disabled}>
          {t('scan.field.more')}
        </button>
      )}
      {more && (
        <>
          <Field label={t('scan.field.from')}>
            <PlaceSelect value={values.from} onChange={(from) => onChange({ from })} />
          </Field>
          {rare.map(dataField)}
          {may('ledger.late_entry') && (
            <Field label={t('scan.field.occurredAt')}>
              <DatePicker
                showTime={{ format: 'HH:mm' }}
                format="YYYY-MM-DD HH:mm"
                value={values.occurredAt === null ? null : dayjs(values.occurredAt)}
                placeholder={t('scan.field.now')}
                disabledDate={(day) => day.isAfter(dayjs(), 'day')}
                onChange={(at) => onChange({ occurredAt: at === null ? null : at.format() })}
              />
            </Field>
          )}
          <Field label={t('note')}>
            <Input.TextArea
              value={values.note}
              autoSize={{ minRows: 1, maxRows: 4 }}
              maxLength={4000}
              onChange={(event) => onChange({ note: event.target.value })}
            />
          </Field>
        </>
      )}
    </Form>
  );
}

interface FieldProps {
  label: string;
  required?: boolean;
  lacking?: boolean;
  children: ReactNode;
}

function Field({ label, required = false, lacking = false, children }: FieldProps) {
  return (
    <Form.Item label={label} required={required} {...(lacking && { validateStatus: 'warning' as const })}>
      {children}
    </Form.Item>
  );
}

interface DataProps {
  field: DataField;
  value: unknown;
  set: (name: string, value: unknown) => void;
  lacking: string[];
}

function Data({ field, value, set, lacking }: DataProps) {
  const named = useNamed();
  const label = named(field);
  const text = typeof value === 'string' ? value : '';
  const example = typeof field.example === 'string' ? field.example : '';
  if (field.kind === 'flag') {
    return (
      <Checkbox checked={value === true} onChange={(event) => set(field.name, event.target.checked)}>
        {label}
      </Checkbox>
    );
  }
  return (
    <Field label={label} required={field.required} lacking={lacking.includes(field.name)}>
      {field.kind === 'choice' ? (
        <Choice field={field} value={text} set={set} />
      ) : field.kind === 'partner' ? (
        <PartnerSelect value={text === '' ? null : text} onChange={(code) => set(field.name, code)} />
      ) : (
        <Input
          value={text}
          placeholder={example}
          maxLength={4000}
          aria-label={label}
          onChange={(event) => set(field.name, event.target.value)}
        />
      )}
    </Field>
  );
}

function Choice({ field, value, set }: { field: DataField; value: string } & Pick<DataProps, 'set'>) {
  const { t } = useTranslation();
  const options = field.choices.map((choice) => ({
    value: choice,
    label: t(`${field.name}.${choice}`, { defaultValue: t(`state.${choice}`, { defaultValue: choice }) }),
  }));
  if (options.length > 4) {
    return <Select<string> value={value} options={options} onChange={(next) => set(field.name, next)} />;
  }
  return (
    <Segmented<string>
      block
      value={value}
      options={options}
      onChange={(next) => set(field.name, next)}
      aria-label={field.name}
    />
  );
}
