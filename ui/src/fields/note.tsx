import type { InputProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'layout';

/** A text that explains (说明文字). */
export function Input({ field }: InputProps) {
  return <p className="muted field-lines">{asText(field.options?.['text'])}</p>;
}

export function Show() {
  return null;
}
