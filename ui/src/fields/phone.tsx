import { Input as TextInput } from 'antd';
import { Icon } from '../components/Icon';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

/** A telephone number (手机): the phone shows its number keys, and calls it. */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  return (
    <TextInput
      id={id}
      type="tel"
      inputMode="tel"
      className="mono"
      prefix={<Icon name="telephone" size={16} />}
      value={asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      maxLength={40}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ value }: ShowProps) {
  const number = asText(value);
  return (
    <a
      className="mono"
      href={`tel:${number.replace(/[^+\d]/g, '')}`}
      onClick={(event) => event.stopPropagation()}
    >
      {number}
    </a>
  );
}
