import { Input as TextInput } from 'antd';
import { Code } from '../components/Code';
import { Icon } from '../components/Icon';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'reference';

/** Something named by its code, for kinds without a list to choose from. */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  return (
    <TextInput
      id={id}
      className="mono"
      prefix={<Icon name="scan" size={16} />}
      value={asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ value, short }: ShowProps) {
  return <Code value={asText(value)} copy={!short} />;
}
