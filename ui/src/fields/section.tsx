import type { InputProps } from '../forms/control';

export const shape = 'layout';

/** A part of the form under a heading (分段). */
export function Input({ field, within }: InputProps) {
  return (
    <>
      <h3 className="field-section">{field.title}</h3>
      {within?.(field.fields ?? [])}
    </>
  );
}

export function Show() {
  return null;
}
