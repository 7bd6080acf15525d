import { Code } from '../components/Code';
import { BatchSelect } from '../components/pickers';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'reference';

/** A batch (批次). */
export function Input({ id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  return (
    <BatchSelect
      id={id}
      className="field-wide"
      value={typeof value === 'string' ? value : null}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      onChange={onChange}
    />
  );
}

export function Show({ value, short }: ShowProps) {
  return <Code value={asText(value)} copy={!short} />;
}
