import type { InputProps, ShowProps } from '../forms/control';
import { nameOf, NamedSelect } from '../forms/NamedSelect';
import { useRoles } from '../forms/people';

export const shape = 'reference';

/** A role (角色). */
export function Input(props: InputProps) {
  return <NamedSelect {...props} named={useRoles()} />;
}

export function Show({ value }: ShowProps) {
  return nameOf(useRoles(), value);
}
