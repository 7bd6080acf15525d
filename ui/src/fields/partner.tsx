import { Code } from '../components/Code';
import { PartnerSelect } from '../components/pickers';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'reference';

/** A customer, dealer, supplier or person (往来单位). */
export function Input({ id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  return (
    <PartnerSelect
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
