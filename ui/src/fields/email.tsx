import { Input as TextInput } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

/** An address for letters (邮箱). */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  return (
    <TextInput
      id={id}
      type="email"
      inputMode="email"
      value={asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      maxLength={254}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ value }: ShowProps) {
  const address = asText(value);
  return (
    <a
      href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`}
      onClick={(event) => event.stopPropagation()}
    >
      {address}
    </a>
  );
}
