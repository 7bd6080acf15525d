import { useKinds } from './calls';
import type { InputProps } from './control';
import { controlOf } from './controls';

/** The control for filling a field in, by its kind. */
export function FieldInput(props: InputProps) {
  const { Input } = controlOf(props.field, useKinds());
  return <Input {...props} />;
}
