import type { InputProps } from '../forms/control';

export const shape = 'layout';

/** A part of the form under a heading (分段). */
export function Input({ field }: InputProps) {
  return <h3 className="field-section">{field.title}</h3>;
}

export function Show() {
  return null;
}
