import { Input as TextInput } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

/** A time of the day (时间). */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  return (
    <TextInput
      id={id}
      type="time"
      value={asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ value }: ShowProps) {
  return <span className="number">{asText(value)}</span>;
}
