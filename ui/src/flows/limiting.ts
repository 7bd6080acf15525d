import type { Kinds } from '../forms/controls';
import { isLayout, shape } from '../forms/controls';
import type { FieldState, FormField } from '../forms/model';
import type { FlowFieldState } from './api';

type States = Readonly<Record<string, FlowFieldState | undefined>>;

/** A form as a step sees it. */
export interface Limited {
  fields: FormField[];
  /** For whoever fills in: only what takes something away. */
  states: Partial<Record<string, FieldState>>;
  /** The codes of what must be filled in here, whether or not the form requires it. */
  required: ReadonlySet<string>;
}

const TAKES: Partial<Record<FlowFieldState, FieldState>> = {
  hidden: 'hidden',
  masked: 'masked',
  read_only: 'read_only',
};

/** What a step may do with a column: what is said of it, else what is said of its table. */
const columnState = (states: States, table: string, code: string) =>
  states[`${table}.${code}`] ?? states[table] ?? 'writable';

/** Whether a step may write in a field, or in some column of it. */
export function isWritable(field: FormField, states: States): boolean {
  const own = states[field.code] ?? 'writable';
  if (own === 'hidden' || field.hidden === true || field.read_only === true) return false;
  const columns = columnsOf(field).filter((one) => one.read_only !== true && one.hidden !== true);
  const some = columns.some((one) => writes(columnState(states, field.code, one.code)));
  return columns.length > 0 && states[field.code] !== undefined ? some : writes(own);
}

const writes = (state: FlowFieldState) => state === 'writable' || state === 'required';

/** The fields of a form with what a step requires and takes away, for the controls and checks that all forms have. */
export function limited(fields: readonly FormField[], states: States, kinds: Kinds): Limited {
  const found: Partial<Record<string, FieldState>> = {};
  const required = new Set<string>();
  const one = (field: FormField): FormField => {
    if (isLayout(field.kind, kinds)) return { ...field, fields: (field.fields ?? []).map(one) };
    const state = states[field.code] ?? 'writable';
    const rows = shape(field, kinds) === 'rows';
    // A table of which one column may be written is open; its other columns are not.
    const taken = rows && isWritable(field, states) ? undefined : TAKES[state];
    if (taken !== undefined) found[field.code] = taken;
    const asked = [state, ...columnsOf(field).map((inner) => columnState(states, field.code, inner.code))];
    if (asked.includes('required')) required.add(field.code);
    return {
      ...field,
      ...(state === 'required' && { required: true }),
      ...(rows && { fields: (field.fields ?? []).map((inner) => column(inner, field.code)) }),
    };
  };
  const column = (field: FormField, table: string): FormField => {
    if (isLayout(field.kind, kinds)) {
      return { ...field, fields: (field.fields ?? []).map((inner) => column(inner, table)) };
    }
    const state = columnState(states, table, field.code);
    return {
      ...field,
      ...(state === 'hidden' && { hidden: true }),
      ...((state === 'read_only' || state === 'masked') && { read_only: true }),
      ...(state === 'required' && { required: true }),
    };
  };
  return { fields: fields.map(one), states: found, required };
}

/** What a step is to fill in, and everything else, each without parts of the page that have become empty. */
export function apart(
  fields: readonly FormField[],
  states: States,
  kinds: Kinds,
): [FormField[], FormField[]] {
  const part = (of: readonly FormField[], want: boolean): FormField[] =>
    of.flatMap((one) => {
      if (!isLayout(one.kind, kinds)) return isWritable(one, states) === want ? [one] : [];
      const inner = part(one.fields ?? [], want);
      return inner.length === 0 ? [] : [{ ...one, fields: inner }];
    });
  return [part(fields, true), part(fields, false)];
}

/** The columns of a table, through what is only layout. */
export function columnsOf(field: FormField): FormField[] {
  return (field.fields ?? []).flatMap((one) => (one.fields === undefined ? [one] : columnsOf(one)));
}
