import { Input as TextInput } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import { Icon } from '../components/Icon';

export const shape = 'text';

/** One line of text (单行文本); a field that scans fill is set in the face of codes. */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  return (
    <TextInput
      id={id}
      value={asText(value)}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      maxLength={typeof field.options?.['longest'] === 'number' ? field.options['longest'] : 1000}
      autoComplete="off"
      className={field.scan_to_fill ? 'mono' : ''}
      prefix={field.scan_to_fill && <Icon name="scan" size={16} />}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    />
  );
}

export function Show({ field, value }: ShowProps) {
  const text = asText(value);
  return field.scan_to_fill ? <span className="mono">{text}</span> : text;
}
