import type { InputProps, ShowProps } from '../forms/control';
import { Day } from '../forms/Day';
import { asText } from '../forms/model';

export const shape = 'date';

/** A day (日期). */
export function Input(props: InputProps) {
  return (
    <Day {...props} value={typeof props.value === 'string' ? props.value : null} onChange={props.onChange} />
  );
}

export function Show({ value }: ShowProps) {
  return <span className="number">{asText(value)}</span>;
}
