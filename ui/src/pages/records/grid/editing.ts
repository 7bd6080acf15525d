import type { FormRecord } from '../../../forms/calls';
import type { Kinds } from '../../../forms/controls';
import { shape } from '../../../forms/controls';
import type { FormField } from '../../../forms/model';

const SHORT: ReadonlySet<string> = new Set([
  'text', 'number', 'boolean', 'date', 'date_range', 'moment', 'reference', 'references',
]); // prettier-ignore
const LISTS: ReadonlySet<string> = new Set(['choices', 'tags', 'cascade']);
const LONG: ReadonlySet<string> = new Set(['rich_text', 'code', 'signature', 'image', 'attachment']);

/** Whether a field can be changed where a list shows it. */
export function editsInPlace(field: FormField, kinds: Kinds): boolean {
  if (field.read_only === true || LONG.has(field.kind)) return false;
  return SHORT.has(shape(field, kinds)) || LISTS.has(field.kind);
}

/** Whether this reader may change a field of this record in its place. */
export function mayEdit(record: FormRecord, field: FormField, kinds: Kinds): boolean {
  return record.states[field.code] === undefined && editsInPlace(field, kinds);
}

/** Whether choosing a value is all there is to say: then nobody need confirm it. */
export function choosesAtOnce(field: FormField): boolean {
  return ['choice', 'select', 'rating', 'color'].includes(field.kind);
}
