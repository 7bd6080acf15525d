import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InputProps } from './control';
import { asText } from './model';
import type { Named } from './people';

/** Choose one of those who have a name; where they may not be listed, type the code. */
export function NamedSelect({ named, ...props }: InputProps & { named: Named[] | null }) {
  const { t } = useTranslation();
  const { id, value, onChange, invalid, describedBy } = props;
  const disabled = props.disabled ?? false;
  if (named === null) {
    return (
      <Input
        id={id}
        value={asText(value)}
        disabled={disabled}
        status={invalid ? 'error' : ''}
        aria-describedby={describedBy}
        placeholder={t('fields.typeCode')}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      />
    );
  }
  return (
    <Select<string>
      id={id}
      className="field-wide"
      allowClear
      showSearch={{ optionFilterProp: ['label', 'value'] }}
      value={typeof value === 'string' ? value : undefined}
      disabled={disabled}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      placeholder={t('fields.choose')}
      popupMatchSelectWidth={false}
      options={named}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  );
}

/** A name where it is known, else the code. */
export function nameOf(named: Named[] | null, code: unknown): string {
  const text = asText(code);
  return named?.find((one) => one.value === text)?.label ?? text;
}
