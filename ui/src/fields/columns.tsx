export const shape = 'layout';

/** Fields side by side (多列); it has no heading of its own. */
export function Input() {
  return null;
}

export function Show() {
  return null;
}
