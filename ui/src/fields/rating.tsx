import { Rate } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';

export const shape = 'number';

/** Some stars of a few (评分). */
export function Input({ field, id, value, onChange, disabled }: InputProps) {
  const stars = field.options?.['stars'];
  return (
    <span id={id} role="group" aria-label={field.title}>
      <Rate
        count={typeof stars === 'number' ? stars : 5}
        allowHalf={field.options?.['halves'] === true}
        value={typeof value === 'number' ? value : 0}
        disabled={disabled ?? false}
        onChange={(next) => onChange(next === 0 ? null : next)}
      />
    </span>
  );
}

export function Show({ field, value }: ShowProps) {
  const stars = field.options?.['stars'];
  return (
    <span className="number">
      {String(value)}/{typeof stars === 'number' ? stars : 5}
    </span>
  );
}
