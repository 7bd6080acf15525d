/** JSON as it is drawn for another system: texts with fields in braces, and `{"$field": …}`, `{"$formula": …}`. */
export type Body = string | number | boolean | null | Body[] | { [name: string]: Body };

/** What a part of a body is. */
export type Part = 'text' | 'field' | 'formula' | 'number' | 'flag' | 'nothing' | 'object' | 'list' | 'other';

/** What can be chosen for a part, in the order offered. */
export const PARTS = ['text', 'field', 'formula', 'number', 'flag', 'nothing', 'object', 'list'] as const;

const isObject = (value: unknown): value is Record<string, Body> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a value names where it comes from: `$field`, or on the uppermost level `field` as well; null for what is data. */
function said(value: Record<string, Body>, top: boolean): { way: string; of: Body } | null {
  const names = Object.keys(value);
  const [name] = names;
  if (names.length !== 1 || name === undefined) return null;
  const way = name.startsWith('$') ? name.slice(1) : top ? name : '';
  return ['field', 'formula', 'value', 'template'].includes(way) ? { way, of: value[name] ?? null } : null;
}

/** What a part of a body is; `top`: whether it stands on the uppermost level. */
export function partOf(value: Body, top = false): Part {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'flag';
  if (Array.isArray(value)) return 'list';
  const source = said(value, top);
  if (source?.way === 'field' || source?.way === 'formula') return source.way;
  if (source?.way === 'template') return 'text';
  if (source?.way === 'value') return partOf(source.of);
  const odd = Object.keys(value).some((name) => name.startsWith('$')) || (top && isSource(value));
  return odd ? 'other' : 'object';
}

const WAYS = new Set(['value', 'field', 'formula', 'template', 'step', 'this']);
const isSource = (value: Record<string, Body>) => {
  const names = Object.keys(value);
  return names.some((one) => WAYS.has(one)) && names.every((one) => WAYS.has(one) || one === 'key');
};

/** What a part says: the text, the field, the formula, the number. */
export function contentOf(value: Body, top = false): Body {
  if (!isObject(value)) return value;
  return said(value, top)?.of ?? value;
}

/** What a part says where it is a text; else empty. */
export function wordsOf(content: Body): string {
  return typeof content === 'string' ? content : '';
}

/** A part that says something. */
export function written(part: Part, content: Body): Body {
  if (part === 'field' || part === 'formula') return { [`$${part}`]: content };
  return content;
}

/** What a part begins with when it becomes something else; a text stays where it can. */
export function begun(part: Part, before: Body): Body {
  switch (part) {
    case 'text':
      return typeof before === 'number' ? String(before) : '';
    case 'field':
    case 'formula':
      return { [`$${part}`]: '' };
    case 'number':
      return 0;
    case 'flag':
      return true;
    case 'object':
      return Array.isArray(before) || !isObject(before) ? {} : before;
    case 'list':
      return [];
    default:
      return null;
  }
}

/** An object with a member called otherwise, at the same place; the same object where the name is taken or empty. */
export function renamed(value: Record<string, Body>, from: string, to: string): Record<string, Body> {
  if (to === '' || to === from || to in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name === from ? to : name, one]));
}

/** A name for a member more. */
export function newName(value: Record<string, Body>, word: string): string {
  let number = Object.keys(value).length + 1;
  while (`${word}${number}` in value) number += 1;
  return `${word}${number}`;
}

/** The JSON that is sent, with ‹titles› where values of the record go. */
export function preview(value: Body, title: (field: string) => string): string {
  const shown = (one: Body, top: boolean): unknown => {
    const part = partOf(one, top);
    const content = contentOf(one, top);
    if (part === 'field') return `\u0001‹${title(wordsOf(content))}›\u0001`;
    if (part === 'formula') return `\u0001‹= ${wordsOf(content)}›\u0001`;
    if (part === 'list' && Array.isArray(content)) return content.map((inner) => shown(inner, false));
    if (part === 'object' && isObject(content)) {
      return Object.fromEntries(Object.entries(content).map(([name, inner]) => [name, shown(inner, false)]));
    }
    if (part !== 'text') return content;
    return wordsOf(content).replace(/\{([^{}]+)\}/g, (_, name: string) => `‹${title(name.trim())}›`);
  };
  const whole = isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner, true)]))
    : shown(value, false);
  return JSON.stringify(whole, null, 2)
    .replace(/"\\u0001|\\u0001"/g, '')
    .replace(/"\u0001|\u0001"/g, '');
}
