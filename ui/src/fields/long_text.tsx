import { Input as TextInput } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

/** Several lines of text (多行文本). */
export function Input({ id, value, onChange, disabled, invalid, describedBy, dense, onBlur }: InputProps) {
  return (
    <TextInput.TextArea
      id={id}
      value={asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      autoSize={{ minRows: dense ? 1 : 3, maxRows: dense ? 4 : 12 }}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ value, short }: ShowProps) {
  const text = asText(value);
  return short ? text.split('\n', 1)[0] : <span className="field-lines">{text}</span>;
}
