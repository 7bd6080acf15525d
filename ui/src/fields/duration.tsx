import { Input as TextInput } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

/** Writes seconds as hours, minutes and, where there are any, seconds: `1:30`, `0:00:45`. */
export function clock(seconds: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const rest = seconds % 60;
  const head = `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}`;
  return rest === 0 ? head : `${head}:${two(rest)}`;
}

function written(value: unknown): string {
  return typeof value === 'number' ? clock(value) : asText(value);
}

/** How long something takes (时长): typed as `1:30` or in words, kept in seconds. */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  return (
    <TextInput
      id={id}
      className="number"
      value={written(value)}
      placeholder="1:30"
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ value }: ShowProps) {
  return <span className="number">{written(value)}</span>;
}
