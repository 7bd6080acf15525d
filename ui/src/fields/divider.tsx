export const shape = 'layout';

/** A line between fields (分割线). */
export function Input() {
  return <hr className="field-divider" />;
}

export function Show() {
  return null;
}
