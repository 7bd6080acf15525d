import type { Control } from './control';
import type { ValueType } from './live/values';
import { typeOf } from './live/values';
import type { FormField, KindInfo, Shape } from './model';
import { flat, shapeOf } from './model';

const modules = import.meta.glob<Control>('../fields/*.tsx', { eager: true });

const own = new Map(
  Object.entries(modules).map(([path, module]) => [
    path.replace('../fields/', '').replace('.tsx', ''),
    module,
  ]),
);

const BY_SHAPE: Record<Shape, string> = {
  text: 'text',
  number: 'number',
  boolean: 'switch',
  date: 'date',
  date_range: 'date_range',
  moment: 'datetime',
  json: 'anything',
  reference: 'reference',
  references: 'references',
  rows: 'subform',
  layout: 'section',
  derived: 'derived',
};

/** The kinds as the server declares them, by name; empty until they are known. */
export type Kinds = ReadonlyMap<string, KindInfo>;

/** The names of the kinds that have a control of their own. */
export const ownKinds: readonly string[] = [...own.keys()];

/** The shape of a field's value. */
export function shape(field: FormField, kinds: Kinds): Shape {
  const info = kinds.get(field.kind);
  const ours = own.get(field.kind);
  if (ours !== undefined) return ours.shape;
  if (info !== undefined) return shapeOf(info);
  return field.fields === undefined ? 'text' : 'rows';
}

/** The control of a field: its kind's own, or the one of its shape, so that no kind ever breaks a page. */
export function controlOf(field: FormField, kinds: Kinds): Control {
  const found = own.get(field.kind) ?? own.get(BY_SHAPE[shape(field, kinds)]);
  if (found === undefined) throw new Error(`no control for ${field.kind}`);
  return found;
}

/** Whether a kind only lays out what is within. */
export function isLayout(kind: string, kinds: Kinds): boolean {
  return (kinds.get(kind)?.holds ?? own.get(kind)?.shape) === 'layout';
}

/** The fields of a form's own table in the order shown, through what is only layout. */
export function fieldsOf(fields: readonly FormField[], kinds: Kinds): FormField[] {
  return flat(fields, (kind) => isLayout(kind, kinds));
}

const SHAPES: Record<ValueType, Shape> = {
  number: 'number',
  date: 'date',
  datetime: 'moment',
  boolean: 'boolean',
  range: 'date_range',
  text: 'text',
};

/** The shape by which a field is compared and sorted: what the system issues is kept like what people type. */
export function askedShape(field: FormField, kinds: Kinds): Shape {
  const info = kinds.get(field.kind);
  if (info?.computed === true) return SHAPES[typeOf(field, kinds)];
  return info?.issued === true && !info.derived ? shapeOf({ ...info, issued: false }) : shape(field, kinds);
}
