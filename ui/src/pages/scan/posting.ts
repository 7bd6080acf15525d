import type { ProblemItem } from '../../api/problem';
import type { ItemRef, OperationBody, OperationKind } from '../../api/operations';
import type { Draft, ScanRow, Shape } from './model';
import { counts, filled } from './model';

/** What is still needed before a posting can be sent: names of fields, `rows` for the scans themselves. */
export function missing(draft: Draft, kind: OperationKind, shape: Shape): string[] {
  const lacks: string[] = [];
  if (kind.place === 'needed' && draft.fields.place === null) lacks.push('place');
  for (const slot of shape.slots) if (slot.required && filled(draft, slot) === null) lacks.push(slot.name);
  const slots = new Set(shape.slots.map((slot) => slot.name));
  for (const field of kind.data) {
    const value = draft.fields.data[field.name];
    const empty = value === undefined || value === null || value === '';
    const made = slots.has(field.name) || field.name === 'components';
    if (field.required && empty && !made) lacks.push(field.name);
  }
  if (shape.rows !== 'none' && !draft.rows.some(counts) && !hasOptionalSlot(draft, shape)) lacks.push('rows');
  return lacks;
}

/** A whole box to unpack stands for its contents. */
function hasOptionalSlot(draft: Draft, shape: Shape): boolean {
  return shape.slots.some((slot) => !slot.required && filled(draft, slot) !== null);
}

/** The body of a posting and the rows behind its pointers. */
export interface Planned {
  body: OperationBody;
  /** `/items/0` → id of the row. */
  rows: Map<string, number>;
}

/** Write the rows that count, and the fields, as the body of a posting. */
export function plan(draft: Draft, kind: OperationKind, shape: Shape, mode: 'all' | 'partial'): Planned {
  const { fields } = draft;
  const rows = new Map<string, number>();
  const taken = draft.rows.filter(counts);
  const things = taken.flatMap((row) => (row.thing ? [{ row, ref: row.thing.ref }] : []));
  const goods = taken.flatMap((row) => (row.goods ? [{ row, line: row.goods }] : []));
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields.data)) {
    if (value !== undefined && value !== null && value !== '') data[name] = value;
  }
  for (const [name, thing] of Object.entries(draft.slots)) data[name] = slotValue(name, thing.ref);
  const body: OperationBody = {
    items: draft.subject === null ? [] : [draft.subject.ref],
    from: fields.from,
    place: kind.place === 'cleared' ? null : fields.place,
    partner: fields.partner,
    document: fields.document.trim(),
    occurred_at: fields.occurredAt,
    note: fields.note.trim(),
    mode,
    data,
  };
  if (shape.rows === 'items') {
    body.items = things.map(({ ref }) => ref);
    things.forEach(({ row }, index) => rows.set(`/items/${index}`, row.id));
    if (kind.quantities) {
      body.quantities = goods.map(({ line }) => line);
      goods.forEach(({ row }, index) => rows.set(`/quantities/${index}`, row.id));
    }
  } else if (shape.rows === 'components') {
    data['components'] = [
      ...things.map(({ ref }) => ({ item: ref })),
      ...goods.map(({ line }) => ({ ...line, from: fields.from })),
    ];
    [...things, ...goods].forEach(({ row }, index) => rows.set(`/data/components/${index}`, row.id));
  }
  return { body, rows };
}

/** The parts that are swapped are objects like an assembly's components; other item fields hold the item itself. */
function slotValue(name: string, ref: ItemRef): unknown {
  return name === 'out' || name === 'in' ? { item: ref } : ref;
}

/** Put refusals at the rows that they are about; what is about no row is left over. */
export function refuse(
  rows: ScanRow[],
  errors: ProblemItem[],
  behind: Map<string, number>,
): { rows: ScanRow[]; rest: ProblemItem[] } {
  const found = new Map<number, ProblemItem>();
  const rest: ProblemItem[] = [];
  for (const error of errors) {
    const id = rowBehind(error, rows, behind);
    if (id === undefined) rest.push(error);
    else if (!found.has(id)) found.set(id, error);
  }
  return {
    rest,
    rows: rows.map((row) => {
      const error = found.get(row.id);
      if (error === undefined) return row.status === 'refused' ? { ...row, status: 'right' as const } : row;
      const reason = { code: error.code, message: error.message, advice: error.advice ?? null };
      return { ...row, status: 'refused' as const, reason };
    }),
  };
}

function rowBehind(error: ProblemItem, rows: ScanRow[], behind: Map<string, number>): number | undefined {
  const pointer = error.pointer ?? '';
  const cut = /^(\/(?:items|quantities|data\/components)\/\d+)/.exec(pointer)?.[1];
  const id = cut === undefined ? undefined : behind.get(cut);
  if (id !== undefined) return id;
  if (error.item === null || error.item === undefined) return undefined;
  return rows.find((row) => counts(row) && row.thing?.code === error.item)?.id;
}
