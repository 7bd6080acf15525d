import { InputNumber } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'number';

/** A number (数字); what was typed goes to the server as it is, so that nothing is rounded in silence. */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  const unit = field.options?.['unit'];
  return (
    <InputNumber<string | number>
      id={id}
      className="field-number"
      value={typeof value === 'number' || typeof value === 'string' ? value : null}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      controls={false}
      inputMode="decimal"
      suffix={typeof unit === 'string' && unit !== '' ? unit : null}
      onChange={onChange}
      onBlur={onBlur}
    />
  );
}

export function Show({ field, value }: ShowProps) {
  const unit = field.options?.['unit'];
  const text =
    typeof value === 'number' ? value.toLocaleString(undefined, { maximumFractionDigits: 6 }) : asText(value);
  return (
    <span className="number">
      {text}
      {typeof unit === 'string' && unit !== '' && <span className="muted"> {unit}</span>}
    </span>
  );
}
