import type { CodePart } from '../../components/SegmentedCode';
import type { Kind, Kinds, Parameter, Segment } from './calls';

/** A segment in its place on the drawing board; the id keeps it apart from others while it is moved. */
export interface Placed {
  id: number;
  body: Segment;
}

/** What is under construction. */
export interface Board {
  code: string;
  name: string;
  segments: Placed[];
}

/** Put segments on the board. */
export function placed(segments: Segment[]): Placed[] {
  return segments.map((body, id) => ({ id, body }));
}

/** The segments as the server takes them: what is empty is left out. */
export function bodies(segments: Placed[]): Segment[] {
  return segments.map(({ body }) => ({
    ...Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== '')),
    kind: body.kind,
  }));
}

/** Add a segment before the place `at`; returns the board and the new segment's id. */
export function insert(segments: Placed[], body: Segment, at = segments.length): [Placed[], number] {
  const id = Math.max(-1, ...segments.map((one) => one.id)) + 1;
  return [[...segments.slice(0, at), { id, body: { ...body } }, ...segments.slice(at)], id];
}

/** Put the segment of the place `from` where the one of the place `to` stands. */
export function move(segments: Placed[], from: number, to: number): Placed[] {
  const moved = segments[from];
  if (moved === undefined || to < 0 || to >= segments.length) return segments;
  const rest = segments.filter((one) => one !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** Where a new segment of a kind belongs: a check stands last, anything else before it. */
export function usualPlace(segments: Placed[], kind: string): number {
  if (kind === 'check') return segments.length;
  const check = segments.findIndex((one) => one.body.kind === 'check');
  return check === -1 ? segments.length : check;
}

/** A new segment as it goes with those already there: a number counts apart only what the code also shows. */
export function fitting(segments: Placed[], body: Segment): Segment {
  if (body.kind !== 'counter') return body;
  const there = segments.map((one) => one.body);
  const shown = new Set([...fieldNames(there), ...(needsProduct(there) ? ['product'] : [])]);
  const per = Array.isArray(body['per']) ? body['per'].filter((name) => shown.has(String(name))) : [];
  return { ...body, per, reset: there.some((one) => one.kind === 'date') ? body['reset'] : 'never' };
}

/** A parameter that is a word; `otherwise` where it is missing. */
export function wordOf(segment: Segment | undefined, parameter: string, otherwise = ''): string {
  const value = segment?.[parameter];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

/** How many characters a segment has; undefined where it may have several widths. */
export function widthOf(segment: Segment): number | undefined {
  const { kind } = segment;
  if (kind === 'constant') return wordOf(segment, 'value').length;
  if (kind === 'date') {
    const format = wordOf(segment, 'format');
    return format.includes('_') ? 1 : format.length;
  }
  if (kind === 'check') return segment['method'] === 'iso7064_mod97_10' ? 2 : 1;
  if (segment['fit'] === 'up_to') return undefined;
  const width = segment['width'] ?? segment['length'];
  return typeof width === 'number' ? width : undefined;
}

/** Take a code of a rule apart by the widths of its segments; whole where these do not tell. */
export function split(segments: Segment[], code: string): CodePart[] {
  const widths = segments.map(widthOf);
  const open = widths.filter((width) => width === undefined).length;
  const rest = code.length - widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  if (open > 1 || rest < 0 || (open === 0 && rest !== 0)) return [{ kind: 'constant', text: code }];
  let start = 0;
  return segments.map(({ kind }, place) => {
    const end = start + (widths[place] ?? rest);
    const text = code.slice(start, end);
    start = end;
    return { kind, text };
  });
}

/** The declaration of a segment's kind. */
export function kindOf(kinds: Kinds, segment: Segment): Kind | undefined {
  return kinds.kinds.find((one) => one.kind === segment.kind);
}

function choiceLabel(kind: Kind | undefined, parameter: string, value: unknown): string {
  const declared = kind?.parameters.find((one) => one.name === parameter);
  return declared?.choices.find((choice) => choice.value === (value ?? declared.default))?.label ?? '';
}

/** The name of a field in the reader's language, where the palette has a word for it. */
export function fieldLabel(kinds: Kinds, name: string): string {
  const field = kinds.kinds.find((one) => one.kind === 'field');
  if (name === 'product') return kinds.kinds.find((one) => one.kind === 'product')?.label ?? name;
  return field?.presets.find((preset) => preset.segment['name'] === name)?.label ?? name;
}

/** What a segment is, in a word or two: beside its kind's name on its chip. */
export function summary(kinds: Kinds, segment: Segment): string {
  const kind = kindOf(kinds, segment);
  switch (segment.kind) {
    case 'constant':
      return wordOf(segment, 'value');
    case 'date':
      return choiceLabel(kind, 'format', segment['format']).replace(/\s*(\d+ 位|, \d+ digits).*$/, '');
    case 'field':
      return fieldLabel(kinds, wordOf(segment, 'name'));
    case 'product':
      return choiceLabel(kind, 'source', segment['source']);
    case 'check':
      return choiceLabel(kind, 'method', segment['method']).replace(/^ISO 7064 /, '');
    default:
      return '';
  }
}

type Say = (key: string, options?: Record<string, unknown>) => string;

/** What a counter counts apart, such as 每产线每日; empty where it never starts again and counts everything. */
export function countedWords(kinds: Kinds, counter: Segment | undefined, t: Say): string {
  const per = Array.isArray(counter?.['per']) ? (counter['per'] as string[]) : [];
  const reset = wordOf(counter, 'reset', 'never');
  const words = per.map((name) => t('codes.perField', { field: fieldLabel(kinds, name) }));
  return [...words, ...(reset === 'never' ? [] : [t(`codes.perReset.${reset}`)])].join('');
}

/** The names of the fields that a rule shows. */
export function fieldNames(segments: Segment[]): string[] {
  const names = segments.flatMap((one) => (one.kind === 'field' ? [wordOf(one, 'name')] : []));
  return [...new Set(names)].filter((name) => name !== '');
}

/** Whether a rule needs to know the product. */
export function needsProduct(segments: Segment[]): boolean {
  return segments.some((one) => one.kind === 'product');
}

/** The value of a parameter, or its default. */
export function valueOf(segment: Segment, parameter: Parameter): unknown {
  return segment[parameter.name] ?? parameter.default;
}

/** The same value with its number one higher: L01 becomes L02. Undefined where there is no number. */
export function following(value: string): string | undefined {
  const found = /^(.*?)(\d+)$/.exec(value);
  if (found === null) return undefined;
  const [, head = '', digits = ''] = found;
  const next = String(Number(digits) + 1).padStart(digits.length, '0');
  return next.length > digits.length ? undefined : head + next;
}

/** The rule whose counter begins with its last number: its first code is the last one of a period. */
export function atTheEnd(segments: Segment[]): Segment[] | undefined {
  const counter = segments.find((one) => one.kind === 'counter');
  if (counter === undefined) return undefined;
  const [width, base] = [Number(counter['width']), Number(counter['base'] ?? 10)];
  const [start, step] = [Number(counter['start'] ?? 1), Number(counter['step'] ?? 1)];
  const end = Number(counter['end'] ?? base ** width - 1);
  // Beyond this JavaScript's numbers are no longer exact.
  if (!Number.isSafeInteger(end) || end < start || step < 1) return undefined;
  const last = end - ((end - start) % step);
  return segments.map((one) => (one === counter ? { ...one, start: last } : one));
}

/** Ways to keep a rule's codes apart from those of another; which of them help, the server says. */
export function waysApart(
  segments: Segment[],
): { segments: Segment[]; how: 'begins' | 'prefix'; letter: string; place: number }[] {
  const letters = ['W', 'X', 'Z', 'T'];
  const field = segments.findIndex(
    (one) => one.kind === 'field' && one['fit'] !== 'pad' && one['chars'] !== 'digits' && !one['begins'],
  );
  const begun = letters.slice(0, field === -1 ? 0 : 2).map((letter) => ({
    segments: segments.map((one, place) => (place === field ? { ...one, begins: letter } : one)),
    how: 'begins' as const,
    letter,
    place: field,
  }));
  const prefixed = letters.slice(0, 2).map((letter) => ({
    segments: [{ kind: 'constant', value: letter }, ...segments],
    how: 'prefix' as const,
    letter,
    place: 0,
  }));
  return [...begun, ...prefixed];
}
