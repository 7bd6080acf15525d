import { PartnerSelect } from '../components/pickers';
import type { InputProps } from '../forms/control';

export { Show } from './partner';

export const shape = 'reference';

/** A dealer (经销商). */
export function Input({ id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  return (
    <PartnerSelect
      id={id}
      kind="dealer"
      className="field-wide"
      value={typeof value === 'string' ? value : null}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      onChange={onChange}
    />
  );
}
