import type { Field } from './declared';

/** A piece of a text with formulas in braces: words as they are, or a formula. */
export interface Piece {
  kind: 'words' | 'formula';
  text: string;
}

/** Cut `SN {item.code}` in its pieces; `{{` and `}}` are braces themselves. An open brace runs to the end. */
export function pieces(value: string): Piece[] {
  const found: Piece[] = [];
  let words = '';
  let at = 0;
  const flush = () => {
    if (words !== '') found.push({ kind: 'words', text: words });
    words = '';
  };
  while (at < value.length) {
    const two = value.slice(at, at + 2);
    if (two === '{{' || two === '}}') {
      words += two[0] ?? '';
      at += 2;
    } else if (value[at] === '{') {
      flush();
      const end = closing(value, at + 1);
      found.push({ kind: 'formula', text: value.slice(at + 1, end).trim() });
      at = end + 1;
    } else {
      words += value[at] ?? '';
      at += 1;
    }
  }
  flush();
  return found;
}

/** Where the formula that begins at `from` ends: at the next brace outside of a quoted text. */
function closing(value: string, from: number): number {
  let quote = '';
  for (let at = from; at < value.length; at += 1) {
    const sign = value[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '}') return at;
  }
  return value.length;
}

/** Put pieces together again. */
export function joined(parts: readonly Piece[]): string {
  return parts
    .map(({ kind, text }) =>
      kind === 'formula' ? `{${text}}` : text.replaceAll('{', '{{').replaceAll('}', '}}'),
    )
    .join('');
}

/** The field that a formula is nothing but the name of. */
export function fieldOf(formula: string, fields: readonly Field[]): Field | undefined {
  return fields.find((field) => field.name === formula || field.label === formula);
}

/** A text as it is kept, with the names of fields as people read them. */
export function asRead(value: string, fields: readonly Field[]): string {
  return named(value, (formula) => fieldOf(formula, fields)?.label);
}

/** A text as it was typed, with the names of fields under which they are kept. */
export function asKept(typed: string, fields: readonly Field[]): string {
  return named(typed, (formula) => fieldOf(formula, fields)?.name);
}

function named(value: string, name: (formula: string) => string | undefined): string {
  if (!value.includes('{')) return value;
  const open = pieces(value);
  const last = open.at(-1);
  // What is still being typed is left alone.
  if (last?.kind === 'formula' && !value.trimEnd().endsWith('}')) return value;
  return joined(
    open.map((piece) =>
      piece.kind === 'formula' ? { ...piece, text: name(piece.text) ?? piece.text } : piece,
    ),
  );
}

/** What a text says of an item: its formulas by their values where these are known. */
export function filled(value: string, fields: readonly Field[]): string {
  return pieces(value)
    .map(({ kind, text }) => (kind === 'words' ? text : (fieldOf(text, fields)?.value ?? `{${text}}`)))
    .join('');
}
