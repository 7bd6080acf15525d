/** How the value of a field is kept; it decides what compares with it and which control a kind falls back on. */
export type Shape =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'date_range'
  | 'moment'
  | 'json'
  | 'reference'
  | 'references'
  | 'rows'
  | 'layout'
  | 'derived';

/** One field (字段) of a form, as the server writes it: what is as usual is left out. */
export interface FormField {
  id: string;
  code: string;
  kind: string;
  title: string;
  required?: boolean;
  unique?: boolean;
  indexed?: boolean;
  hint?: string;
  default?: unknown;
  read_only?: boolean;
  hidden?: boolean;
  hidden_when_new?: boolean;
  width?: number;
  mask?: string;
  scan_to_fill?: boolean;
  options?: Record<string, unknown>;
  /** The columns of a sub-table, or what is laid out within. */
  fields?: FormField[];
}

/** What is declared of a kind of field (控件), as far as screens need it. */
export interface KindInfo {
  name: string;
  title: { zh: string; en: string };
  holds: 'value' | 'rows' | 'layout';
  stores: string[];
  names: boolean;
  many: boolean;
  derived: boolean;
  /** Whether a public form can show it. */
  shareable?: boolean;
  issued: boolean;
  /** Worked out by the server whenever a record is saved. */
  computed?: boolean;
  /** What else is known of what a field of it names. */
  details?: { name: string; title: { zh: string; en: string }; shape?: string }[];
}

/** What a rule does to its fields while its condition holds; a check refuses a record in which it does not. */
export type RuleKind = 'show' | 'require' | 'lock' | 'check' | 'set';

/** One rule (规则) of a form. */
export interface Rule {
  id: string;
  name: string;
  kind: RuleKind;
  /** A formula over the fields of the record, or of a row and the record around it. */
  when: string;
  /** Ids of the fields that it is about. */
  fields: string[];
  /** Of a check: what is told. */
  message?: string;
  /** Of a rule that sets: the formula of what the fields hold. */
  value?: string;
}

/** The values of one record, or of one row of a sub-table, by the codes of the fields. */
export type Values = Record<string, unknown>;

/** What a reader may do with a field that is not simply theirs to write. */
export type FieldState = 'hidden' | 'masked' | 'read_only';

const USUAL_WIDTH = 12;

/** Which shape a kind has that has no file of its own, from what is declared of it. */
export function shapeOf(kind: KindInfo): Shape {
  if (kind.holds !== 'value') return kind.holds;
  if (kind.derived || kind.issued) return 'derived';
  if (kind.names) return kind.many ? 'references' : 'reference';
  const [first, second] = kind.stores;
  if (first === 'date' && second === 'date') return 'date_range';
  const known: Partial<Record<string, Shape>> = {
    text: 'text',
    number: 'number',
    boolean: 'boolean',
    date: 'date',
    moment: 'moment',
  };
  return (first !== undefined && kind.stores.length === 1 ? known[first] : undefined) ?? 'json';
}

/** The fields of one table, through what is only layout. */
export function flat(fields: readonly FormField[], isLayout: (kind: string) => boolean): FormField[] {
  return fields.flatMap((one) => (isLayout(one.kind) ? flat(one.fields ?? [], isLayout) : [one]));
}

/** The column span of a field on a page of twelve. */
export function widthOf(field: FormField): number {
  return field.width ?? USUAL_WIDTH;
}

/** Whether a value says nothing. */
export function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What a new record begins with: the defaults of its fields. */
export function begun(fields: readonly FormField[]): Values {
  return Object.fromEntries(
    fields.flatMap((one) =>
      one.default === undefined || one.default === null ? [] : [[one.code, one.default]],
    ),
  );
}

/** The values that differ, by the codes of the fields: what is sent when a record is changed. */
export function changed(before: Values, after: Values): Values {
  return Object.fromEntries(
    Object.entries(after).filter(([code, value]) => !same(before[code] ?? null, value ?? null)),
  );
}

/** Whether two values are equal; an empty one is like another. */
export function same(one: unknown, other: unknown): boolean {
  if (isEmpty(one) && isEmpty(other)) return true;
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A value as a text of one line, for titles and search. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(asText).join('、');
  return Object.values(value).map(asText).join(' – ');
}
