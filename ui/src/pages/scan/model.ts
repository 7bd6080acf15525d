import type { ItemRef, OperationKind } from '../../api/operations';

/** Why something was not counted, in words, and what to do. */
export interface Reason {
  code: string;
  message: string;
  advice: string | null;
}

/** An item as the desk needs it. */
export interface Thing {
  code: string;
  kind: string;
  product: string | null;
  batch: string | null;
  state: string | null;
  quality: string;
  place: string | null;
  marks: string[];
  /** How a posting names it: its code, with the namespace where the code alone fits several. */
  ref: ItemRef;
}

/** A quantity of batch or SKU goods. */
export interface Goods {
  product: string;
  batch: string | null;
  quantity: string;
}

/** One of several things that a code may mean. */
export type Candidate = { thing: Thing } | { goods: Goods };

/**
 * How one scan came out: being looked up; not looked up because the network failed; to be confirmed; counted; not counted; counted
 * before; refused by the posting; posted.
 */
export type RowStatus = 'checking' | 'unchecked' | 'ask' | 'right' | 'wrong' | 'again' | 'refused' | 'posted';

/** One scan. */
export interface ScanRow {
  id: number;
  raw: string;
  at: number;
  status: RowStatus;
  thing?: Thing;
  goods?: Goods;
  reason?: Reason;
  /** What it may have been, where that is for the user to say. */
  candidates?: Candidate[];
  /** The event that posted it. */
  event?: number;
  /** Part of a pasted list, which is answered as a whole. */
  group?: number;
  /** The place that was scanned among the pieces. */
  place?: string;
  /** The client key of a scan that was posted by itself. */
  key?: string;
}

/** Everything of a posting besides the scans. */
export interface Fields {
  place: string | null;
  from: string | null;
  partner: string | null;
  document: string;
  /** RFC 3339, null for now. */
  occurredAt: string | null;
  note: string;
  /** How many pieces there should be, where the user has said so. */
  expected: number | null;
  data: Record<string, unknown>;
}

/** A posting that was sent and not answered: it must be settled by sending exactly the same again. */
export interface Pending {
  key: string;
  body: string;
  /** Pointers into the body and the rows that stand there. */
  rows: [string, number][];
}

/** What has been scanned for one operation and is not posted yet. */
export interface Draft {
  operation: string;
  fields: Fields;
  /** The one item of an operation that takes a single item or works on an assembly. */
  subject: Thing | null;
  /** Items that belong into fields of `data`, such as the box to pack into. */
  slots: Record<string, Thing>;
  rows: ScanRow[];
  nextId: number;
  immediate: boolean;
  pending: Pending | null;
}

/** Where a scan goes that is not simply another row. */
export interface Slot {
  /** `subject`, or the name of a field of `data`. */
  name: string;
  zh: string;
  en: string;
  required: boolean;
  /** The code is taken as it was read, e.g. a new label's. */
  literal: boolean;
}

/** What the scans of an operation become. */
export interface Shape {
  slots: Slot[];
  rows: 'items' | 'components' | 'none';
}

const SUBJECT = { name: 'subject', required: true, literal: false };

/** Work out what the scans of an operation become. */
export function shapeOf(kind: OperationKind): Shape {
  const fields: Slot[] = kind.data
    .filter((field) => field.kind === 'item' || field.kind === 'component' || isNewCode(kind, field.name))
    .map(({ name, zh, en, required, kind: type }) => ({ name, zh, en, required, literal: type === 'text' }));
  if (kind.data.some((field) => field.name === 'components')) {
    return { slots: [{ ...SUBJECT, zh: '整机', en: 'Assembly' }, ...fields], rows: 'components' };
  }
  const outgoing = fields.some((field) => field.name === 'out');
  if (kind.single || outgoing) {
    const named = outgoing ? { zh: '整机', en: 'Assembly' } : { zh: '物品', en: 'Item' };
    return { slots: [{ ...SUBJECT, ...named }, ...fields], rows: 'none' };
  }
  return { slots: fields, rows: 'items' };
}

function isNewCode(kind: OperationKind, name: string): boolean {
  return kind.single && name === 'new';
}

/** The slot that the next scan fills: the one the user has chosen, else the first needed one that is empty. */
export function openSlot(shape: Shape, draft: Draft, chosen: string | null): Slot | null {
  const wanted = shape.slots.find((slot) => slot.name === chosen);
  if (wanted) return wanted;
  return shape.slots.find((slot) => slot.required && filled(draft, slot) === null) ?? null;
}

/** What is in a slot. */
export function filled(draft: Draft, slot: Slot): Thing | string | null {
  if (slot.name === 'subject') return draft.subject;
  const literal = draft.fields.data[slot.name];
  if (slot.literal) return typeof literal === 'string' && literal !== '' ? literal : null;
  return draft.slots[slot.name] ?? null;
}

/** What makes two scans the same: the item, or the product and batch. */
export function keyOf(row: Pick<ScanRow, 'thing' | 'goods'>): string | null {
  if (row.thing) return JSON.stringify(row.thing.ref);
  if (row.goods) return `${row.goods.product}\n${row.goods.batch ?? ''}`;
  return null;
}

/** Whether a row counts: it is right, or was refused by the posting and waits for a decision. */
export function counts(row: ScanRow): boolean {
  return row.status === 'right' || row.status === 'refused';
}

export const NO_FIELDS: Fields = {
  place: null,
  from: null,
  partner: null,
  document: '',
  occurredAt: null,
  note: '',
  expected: null,
  data: {},
};

/** An empty draft for an operation. */
export function newDraft(operation: string): Draft {
  return {
    operation,
    fields: NO_FIELDS,
    subject: null,
    slots: {},
    rows: [],
    nextId: 1,
    immediate: false,
    pending: null,
  };
}
