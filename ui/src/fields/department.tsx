import type { InputProps, ShowProps } from '../forms/control';
import { nameOf, NamedSelect } from '../forms/NamedSelect';
import { useDepartments } from '../forms/people';

export const shape = 'reference';

/** A department (部门). */
export function Input(props: InputProps) {
  return <NamedSelect {...props} named={useDepartments()} />;
}

export function Show({ value }: ShowProps) {
  return nameOf(useDepartments(), value);
}
