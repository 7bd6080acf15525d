import type { InputProps } from './control';
import { begun } from './model';
import type { FormField, Values } from './model';

/** What the grid and the cards of a sub-table get. */
export interface RowsProps extends InputProps {
  columns: FormField[];
  rows: Values[];
}

/** What can be done with the rows of a sub-table. */
export function rowActions({ rows, columns, onChange }: RowsProps) {
  return {
    add: () => onChange([...rows, begun(columns)]),
    copy: (at: number) => onChange([...rows.slice(0, at + 1), { ...rows[at] }, ...rows.slice(at + 1)]),
    remove: (at: number) => onChange(rows.filter((_, place) => place !== at)),
    set: (at: number, code: string, value: unknown) =>
      onChange(rows.map((row, place) => (place === at ? { ...row, [code]: value } : row))),
  };
}
