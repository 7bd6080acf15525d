import type { InputProps, ShowProps } from '../forms/control';
import { Input as Amount, Show as ShowAmount } from './number';

export const shape = 'number';

function inPercent(field: InputProps['field']) {
  return { ...field, options: { ...field.options, unit: '%' } };
}

/** A share (百分比). */
export function Input(props: InputProps) {
  return <Amount {...props} field={inPercent(props.field)} />;
}

export function Show(props: ShowProps) {
  return <ShowAmount {...props} field={inPercent(props.field)} />;
}
