import type { Kinds } from '../forms/controls';
import { typeOf } from '../forms/live/values';
import type { FormField } from '../forms/model';

/** A field that a formula may name. */
export interface EditorField {
  /** The dotted name by which formulas call it. */
  code: string;
  /** What people call it. */
  title: string;
  /** What it holds, in the words of the server: number, date, moment, boolean, text, reference, list. */
  shape: string;
  /** Where it stands, if not beside the others: the title of a sub-table, or of what it is a fact of. */
  of?: string;
}

/** The fields that a formula of a form may name; within a sub-table its own columns first. */
export function editorFields(
  fields: readonly FormField[],
  kinds: Kinds,
  within: string | null = null,
  language = 'zh-CN',
): EditorField[] {
  const table = within === null ? undefined : walk(fields).find((one) => one.id === within);
  const own = table === undefined ? [] : ofTable(table.fields ?? [], kinds);
  const taken = new Set(own.map((one) => one.code));
  const around = ofTable(fields, kinds).filter((one) => !taken.has(one.code));
  return [
    ...own.flatMap((one) => named(one, kinds, language)),
    ...around.flatMap((one) =>
      kinds.get(one.kind)?.holds === 'rows' ? columnsOf(one, kinds) : named(one, kinds, language),
    ),
  ];
}

const walk = (fields: readonly FormField[]): FormField[] =>
  fields.flatMap((one) => [one, ...walk(one.fields ?? [])]);

function ofTable(fields: readonly FormField[], kinds: Kinds): FormField[] {
  return fields.flatMap((one) =>
    kinds.get(one.kind)?.holds === 'layout' ? ofTable(one.fields ?? [], kinds) : [one],
  );
}

const SHAPES: Partial<Record<string, string>> = { datetime: 'moment', range: 'list' };

function shapeFor(field: FormField, kinds: Kinds): string {
  const kind = kinds.get(field.kind);
  if (kind?.names === true) return kind.many ? 'list' : 'reference';
  if (kind?.many === true || field.kind === 'choices' || field.kind === 'tags') return 'list';
  const type = typeOf(field, kinds);
  return SHAPES[type] ?? type;
}

/** A field, and the facts of what it names. */
function named(field: FormField, kinds: Kinds, language: string): EditorField[] {
  const own = { code: field.code, title: field.title, shape: shapeFor(field, kinds) };
  const facts = own.shape === 'reference' ? (kinds.get(field.kind)?.details ?? []) : [];
  return [
    own,
    ...facts.map((fact) => ({
      code: `${field.code}.${fact.name}`,
      title: `${field.title}.${language.startsWith('en') ? fact.title.en : fact.title.zh}`,
      shape: fact.shape ?? 'text',
      of: field.title,
    })),
  ];
}

function columnsOf(table: FormField, kinds: Kinds): EditorField[] {
  return ofTable(table.fields ?? [], kinds).map((one) => ({
    code: `${table.code}.${one.code}`,
    title: `${table.title}.${one.title}`,
    shape: 'list',
    of: table.title,
  }));
}
