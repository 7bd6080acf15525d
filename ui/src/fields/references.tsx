import { Select } from 'antd';
import { Code } from '../components/Code';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'references';

/** Several things named by their codes, typed, pasted or scanned one after the other. */
export function Input({ id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  return (
    <Select<string[]>
      id={id}
      className="field-wide mono"
      mode="tags"
      open={false}
      suffix={null}
      allowClear
      tokenSeparators={[',', '，', '、', ' ', '\n', '\t']}
      value={Array.isArray(value) ? (value as string[]) : []}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      onChange={(next) => onChange(next.length === 0 ? null : next)}
    />
  );
}

export function Show({ value, short }: ShowProps) {
  const codes = Array.isArray(value) ? value : [value];
  return (
    <span className="field-tags">
      {codes.map((one) => (
        <Code key={asText(one)} value={asText(one)} copy={!short} />
      ))}
    </span>
  );
}
