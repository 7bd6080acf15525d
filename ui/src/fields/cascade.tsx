import { Cascader } from 'antd';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

interface Branch {
  value: string;
  label: string;
  children?: Branch[];
}

function tree(paths: unknown): Branch[] {
  const top: Branch[] = [];
  for (const path of Array.isArray(paths) ? paths : []) {
    let level = top;
    for (const word of asText(path).split('/')) {
      let found = level.find((one) => one.value === word);
      if (found === undefined) {
        found = { value: word, label: word };
        level.push(found);
      }
      level = found.children ??= [];
    }
  }
  return top;
}

/** One choice after the other (级联). */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  return (
    <Cascader
      id={id}
      className="field-wide"
      options={tree(field.options?.['paths'])}
      value={Array.isArray(value) ? (value as string[]) : []}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      onChange={(next) => onChange(Array.isArray(next) && next.length > 0 ? next : null)}
    />
  );
}

export function Show({ value }: ShowProps) {
  return Array.isArray(value) ? value.map(asText).join(' / ') : asText(value);
}
