import type { InputProps } from '../forms/control';

export const shape = 'layout';

/** Fields side by side (多列); it has no heading of its own. */
export function Input({ field, within }: InputProps) {
  return within?.(field.fields ?? []) ?? null;
}

export function Show() {
  return null;
}
