import type { InputProps, ShowProps } from '../forms/control';
import { BindingInput, BindingShow } from '../pages/scanlists/Binding';

export const shape = 'references';

export function Input(props: InputProps) {
  return <BindingInput {...props} which="parts" />;
}

export function Show(props: ShowProps) {
  return <BindingShow {...props} which="parts" />;
}
