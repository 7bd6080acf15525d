import { ConfigProvider, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { shape } from '../../../forms/controls';
import { FieldInput } from '../../../forms/FieldInput';
import type { FormField } from '../../../forms/model';
import { useDesk } from '../desk';

interface FixedInputProps {
  field: FormField;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** A value that is the same every time, entered as the field itself takes it. */
export function FixedInput({ field, label, value, onChange }: FixedInputProps) {
  const { t } = useTranslation();
  const { fieldKinds } = useDesk();
  const id = useId();
  const held = value === '' ? null : (value ?? null);
  if (shape(field, fieldKinds) === 'boolean') {
    return (
      <Select<string>
        size="small"
        aria-label={label}
        placeholder={t('flowdesigner.choose')}
        {...(typeof held === 'boolean' && { value: held ? 'yes' : 'no' })}
        options={['yes', 'no'].map((one) => ({ value: one, label: t(one) }))}
        onChange={(next) => onChange(next === 'yes')}
      />
    );
  }
  return (
    <div className="fw-fixed">
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <ConfigProvider componentSize="small">
        <FieldInput
          field={{ ...field, required: false, read_only: false }}
          id={id}
          value={held}
          dense
          onChange={(next) => onChange(next ?? '')}
        />
      </ConfigProvider>
    </div>
  );
}
