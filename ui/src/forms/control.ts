import type { ComponentType, ReactNode } from 'react';
import type { FormField, Shape } from './model';

/** What the control of a kind gets for filling a field in. */
export interface InputProps {
  field: FormField;
  /** The id of the element that the label belongs to. */
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled?: boolean;
  /** Whether the server refused the value. */
  invalid?: boolean;
  /** The id of the text that says what is wrong, or of the hint. */
  describedBy?: string;
  /** What is wrong within, by the places there: `/0/good` for a row of a sub-table. */
  faults?: ReadonlyMap<string, string>;
  /** In a cell of a sub-table: no room for much. */
  dense?: boolean;
  onBlur?: () => void;
  /** How fields that stand within are drawn; for kinds that only lay out. */
  within?: (fields: readonly FormField[]) => ReactNode;
}

/** What the control of a kind gets for showing a value. */
export interface ShowProps {
  field: FormField;
  /** Never empty: an empty value is shown by whoever lists it. */
  value: unknown;
  /** In a list: one line. */
  short?: boolean;
}

/** How one kind of field is filled in and shown. */
export interface Control {
  shape: Shape;
  Input: ComponentType<InputProps>;
  Show: ComponentType<ShowProps>;
}
