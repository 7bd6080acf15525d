import type { FormField, KindInfo } from '../forms/model';

/** A word in both languages. */
export interface Words {
  zh: string;
  en: string;
}

/** One thing that can be set for a field, as its kind declares it. */
export interface Option {
  name: string;
  title: Words;
  hint: Words;
  type: string;
  default: unknown;
  required: boolean;
  least?: number;
  most?: number;
  unit?: string;
  choices?: { value: unknown; title: Words }[];
  /** Of an option that names a field: the kinds that it may be of. */
  kinds?: string[];
}

/** A kind of field (控件) with everything that the palette and the panel need. */
export interface Kind extends KindInfo {
  hint: Words;
  group: string;
  icon: string;
  common: string[];
  options: Option[];
}

/** All that the server declares about fields. */
export interface Declaration {
  groups: { value: string; title: Words }[];
  common: Option[];
  kinds: Kind[];
}

/** The widths that a field may have, of 12 columns. */
export const WIDTHS = [3, 4, 6, 9, 12] as const;

/** A word in the language of the page. */
export function say(words: Words, language: string): string {
  return language.startsWith('en') ? words.en : words.zh;
}

/** The kinds by their names. */
export function byName(kinds: readonly Kind[]): ReadonlyMap<string, Kind> {
  return new Map(kinds.map((one) => [one.name, one]));
}

/** What a field holds: a value, rows of its own, or what is only laid out. */
export function holdsOf(field: Pick<FormField, 'kind' | 'fields'>, kinds: ReadonlyMap<string, Kind>) {
  return kinds.get(field.kind)?.holds ?? (field.fields === undefined ? 'value' : 'layout');
}

const TEXTS = new Set(['text', 'long_text']);

/** The kinds that a field can be changed to and most of its values survive, itself among them. */
export function compatible(kind: Kind, kinds: readonly Kind[]): Kind[] {
  if (kind.holds !== 'value' || kind.derived || kind.issued) return [kind];
  return kinds.filter((other) => {
    if (other.name === kind.name) return true;
    if (other.holds !== 'value' || other.derived || other.issued) return false;
    if (other.names || kind.names) return TEXTS.has(other.name) || TEXTS.has(kind.name);
    const alike = other.stores.length === 1 && other.stores[0] === kind.stores[0];
    const dates = isTime(other) && isTime(kind);
    const choosing = [other.name, kind.name].every((name) => name.startsWith('choice'));
    return alike || dates || choosing || TEXTS.has(other.name) || TEXTS.has(kind.name);
  });
}

function isTime(kind: Kind): boolean {
  return kind.stores.length === 1 && (kind.stores[0] === 'date' || kind.stores[0] === 'moment');
}

/** The options that a field keeps when its kind changes: those that both kinds declare alike. */
export function kept(field: FormField, to: Kind): Partial<FormField> {
  const options = Object.fromEntries(
    Object.entries(field.options ?? {}).filter(([name]) => to.options.some((one) => one.name === name)),
  );
  return {
    kind: to.name,
    options,
    default: undefined,
    ...(!to.common.includes('unique') && { unique: undefined }),
    ...(!to.common.includes('indexed') && { indexed: undefined }),
    ...(!to.common.includes('mask') && { mask: undefined }),
    ...(!to.common.includes('scan_to_fill') && { scan_to_fill: undefined }),
    ...(!to.common.includes('required') && { required: undefined }),
  };
}

/** What is laid out and has nothing in it. */
const LEAVES = new Set([
  ...['divider', 'note', 'button', 'print_button', 'hyperlink', 'picture', 'video', 'embed'],
]);

/** Whether fields of a kind can have others in them. */
export function contains(kind: string, holds: Kind['holds']): boolean {
  return holds !== 'value' && !LEAVES.has(kind);
}

/** What holds for the options of a kind where a field says nothing. */
export function defaultsOf(kinds: ReadonlyMap<string, Kind>): (kind: string) => Record<string, unknown> {
  return (kind) =>
    Object.fromEntries((kinds.get(kind)?.options ?? []).map((option) => [option.name, option.default]));
}
