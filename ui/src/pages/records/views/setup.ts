import type { Kinds } from '../../../forms/controls';
import { askedShape } from '../../../forms/controls';
import type { FormField } from '../../../forms/model';
import type { ViewBody, ViewOptions } from './model';

/** The fields whose values can be the columns of a kanban: choices first. */
export function columnFields(fields: readonly FormField[], kinds: Kinds): FormField[] {
  const rank = (one: FormField) => {
    const shape = askedShape(one, kinds);
    if (one.options?.['choices'] !== undefined && shape === 'text') return 0;
    if (one.kind === 'member') return 1;
    if (shape === 'boolean') return 2;
    return shape === 'reference' && !one.unique ? 3 : 9;
  };
  return fields
    .filter((one) => rank(one) < 9)
    .map((one, place) => ({ one, place, rank: rank(one) }))
    .sort((one, other) => one.rank - other.rank || one.place - other.place)
    .map(({ one }) => one);
}

/** The fields that put a record on a day. */
export function dayFields(fields: readonly FormField[], kinds: Kinds): FormField[] {
  return fields.filter((one) => ['date', 'moment', 'date_range'].includes(askedShape(one, kinds)));
}

/** The fields that name another record of the same form. */
export function parentFields(fields: readonly FormField[], self: string): FormField[] {
  return fields.filter((one) => one.kind === 'record' && one.options?.['form'] === self);
}

/** The fields that hold pictures. */
export function coverFields(fields: readonly FormField[]): FormField[] {
  return fields.filter(
    (one) => one.kind === 'image' || one.kind === 'attachment' || one.kind === 'signature',
  );
}

/** The fields that fit on a card. */
export function cardFields(fields: readonly FormField[], kinds: Kinds): FormField[] {
  return fields.filter((one) => one.fields === undefined && askedShape(one, kinds) !== 'layout');
}

/** The options of a view with what its kind needs and nobody has chosen yet. */
export function needed(
  body: ViewBody,
  fields: readonly FormField[],
  kinds: Kinds,
  self: string,
): ViewOptions {
  const { options } = body;
  const first = (some: readonly FormField[]) => some[0]?.code;
  const more: Partial<Record<ViewBody['kind'], ViewOptions>> = {
    kanban: chosen('by', options.by ?? first(columnFields(fields, kinds))),
    calendar: chosen('from', options.from ?? first(dayFields(fields, kinds))),
    tree: chosen('parent', options.parent ?? first(parentFields(fields, self))),
    gallery: chosen('cover', options.cover ?? first(coverFields(fields))),
  };
  const own: Record<ViewBody['kind'], (keyof ViewOptions)[]> = {
    table: ['row_height', 'totals', 'folded'],
    kanban: ['by', 'title', 'fields', 'cover', 'totals'],
    calendar: ['from', 'to', 'span', 'title', 'fields', 'cover'],
    gallery: ['title', 'fields', 'cover'],
    tree: ['parent', 'row_height'],
  };
  const kept = Object.fromEntries(
    Object.entries(options).filter(([name]) => own[body.kind].includes(name as keyof ViewOptions)),
  );
  return { ...kept, ...more[body.kind] };
}

function chosen(name: 'by' | 'from' | 'parent' | 'cover', code: string | undefined): ViewOptions {
  return code === undefined ? {} : { [name]: code };
}
