import type { InputProps } from '../forms/control';
import { Input as Choice } from './choice';

export { Show } from './choice';

export const shape = 'text';

/** One of many (下拉), in a list. */
export function Input(props: InputProps) {
  return <Choice {...props} dense />;
}
