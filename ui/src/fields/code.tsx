import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import { Input as Lines } from './long_text';

export const shape = 'text';

/** Code (代码), in the face of codes. */
export function Input(props: InputProps) {
  return (
    <div className="field-code">
      <Lines {...props} />
    </div>
  );
}

export function Show({ value, short }: ShowProps) {
  const text = asText(value);
  return <span className="mono field-lines">{short ? text.split('\n', 1)[0] : text}</span>;
}
