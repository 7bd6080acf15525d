import type { InputProps, ShowProps } from '../forms/control';
import { nameOf, NamedSelect } from '../forms/NamedSelect';
import { useMembers } from '../forms/people';

export const shape = 'reference';

/** A user of the system (成员). */
export function Input(props: InputProps) {
  return <NamedSelect {...props} named={useMembers()} />;
}

export function Show({ value }: ShowProps) {
  return nameOf(useMembers(), value);
}
