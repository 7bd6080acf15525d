/*
 * Typed codes: lists and ranges as people write them, such as `SN001-SN005, SN9`. The same grammar as the server's,
 * so that the count stands beside the box while it is typed; the server has the last word.
 */

/** A range: from prefix + first to prefix + last, numbers at least `width` wide. */
export interface Range {
  prefix: string;
  width: number;
  first: bigint;
  last: bigint;
}

/** Why a piece of the text is no code: the reason, and the piece as it was typed. */
export interface TypedFault {
  code: string;
  item: string;
}

/** What a text says. */
export interface Typed {
  pieces: (string | Range)[];
  faults: TypedFault[];
  /** How many codes it makes. */
  count: bigint;
}

const LONGEST = 200;
// One character each, so that a place in the plain text is the same place in the text as it was typed.
const PLAIN: Record<string, string> = {};
for (let sign = 0xff01; sign < 0xff5f; sign += 1) {
  PLAIN[String.fromCharCode(sign)] = String.fromCharCode(sign - 0xfee0);
}
for (const sign of '\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\x0b\x0c') PLAIN[sign] = ' ';
for (const sign of '‐‑‒–—−') PLAIN[sign] = '-';
for (const sign of '〜∼') PLAIN[sign] = '~';
for (const sign of '“”„‟') PLAIN[sign] = '"';
for (const sign of '\r\x85\u2028\u2029') PLAIN[sign] = '\n';
PLAIN['、'] = ',';

const TOKEN = /("(?:[^"]|"")*"?)|([ \t]+)|([,;\n]+)|([^ \t,;\n"][^ \t,;\n]*)/g;
const SIGNS = '-~+';

/** Take a text apart. */
export function parseTyped(text: string): Typed {
  const parser = new Parser(text);
  const count = parser.pieces.reduce(
    (sum, piece) => sum + (typeof piece === 'string' ? 1n : piece.last - piece.first + 1n),
    0n,
  );
  return { pieces: parser.pieces, faults: parser.faults, count };
}

/** The first codes of a text. */
export function firstOf(typed: Typed, limit: number): string[] {
  const codes: string[] = [];
  for (const piece of typed.pieces) {
    if (codes.length >= limit) break;
    if (typeof piece === 'string') codes.push(piece);
    else
      for (let number = piece.first; number <= piece.last && codes.length < limit; number += 1n) {
        codes.push(spell(piece, number));
      }
  }
  return codes;
}

/** The last code of a text. */
export function lastOf(typed: Typed): string | undefined {
  const piece = typed.pieces.at(-1);
  return piece === undefined || typeof piece === 'string' ? piece : spell(piece, piece.last);
}

function spell(range: Range, number: bigint): string {
  return range.prefix + String(number).padStart(range.width, '0');
}

class Parser {
  readonly pieces: (string | Range)[] = [];
  readonly faults: TypedFault[] = [];

  constructor(text: string) {
    const plain = text.replace(/[\s\S]/g, (sign) => PLAIN[sign] ?? sign);
    // Separated by blanks only: a sign between two of them makes a range.
    const words: string[] = [];
    let glued = '';
    for (const found of plain.matchAll(TOKEN)) {
      const [token, quoted, blank, stop] = found;
      const typed = text.slice(found.index, found.index + token.length);
      const kind =
        quoted !== undefined
          ? 'quoted'
          : blank !== undefined
            ? 'blank'
            : stop !== undefined
              ? 'stop'
              : 'word';
      if (kind === 'word' && glued !== 'quoted') words.push(token);
      else if (kind === 'word' || kind === 'quoted') {
        this.end(words);
        if (glued === 'word' || glued === 'quoted') this.fault('typed_quote_joined', typed);
        else this.quoted(token, typed);
      } else if (kind === 'stop') this.end(words);
      glued = kind;
    }
    this.end(words);
  }

  private fault(code: string, item: string): void {
    this.faults.push({ code, item: item.slice(0, LONGEST) });
  }

  private quoted(plain: string, typed: string): void {
    if (plain.length < 2 || !plain.endsWith('"') || (plain.split('"').length - 1) % 2 === 1) {
      this.fault('typed_quote_open', typed);
      return;
    }
    const pieces: string[] = [];
    let start = 1;
    for (const piece of plain.slice(1, -1).split('""')) {
      pieces.push(typed.slice(start, start + piece.length));
      start += piece.length + 2;
    }
    this.literal(pieces.join('"'));
  }

  private literal(code: string): void {
    if (code === '') this.fault('typed_quote_empty', '""');
    else if (code.length > LONGEST) this.fault('typed_too_long', code);
    else this.pieces.push(code);
  }

  /** Take the words of one run, joining those with a sign between them. */
  private end(words: string[]): void {
    let place = 0;
    while (place < words.length) {
      const joined = join(words, place);
      if (joined === null) {
        this.word(words[place] ?? '');
        place += 1;
        continue;
      }
      place = joined.next;
      if (place < words.length && join([joined.right, ...words.slice(place)], 0) !== null) {
        this.fault('typed_chain', words.join(' '));
        break;
      }
      this.between(joined.left, joined.sign, joined.right);
    }
    words.length = 0;
  }

  private word(word: string): void {
    for (const sign of '~+-') {
      const parts = word.split(sign);
      const [left = '', right = ''] = parts;
      if (parts.length !== 2) continue;
      if (isPair(left, sign, right)) {
        this.between(left, sign, right);
        return;
      }
      if (sign === '~') break;
    }
    this.literal(word);
  }

  private between(left: string, sign: string, right: string): void {
    const item = left + sign + right;
    if (item.length > 2 * LONGEST) {
      this.fault('typed_too_long', item);
      return;
    }
    const [prefix, first] = numbered(left);
    if (sign === '+') {
      this.following(item, left, first, right);
      return;
    }
    const [other, last] = numbered(right);
    if (prefix !== other) this.fault('typed_prefixes_differ', item);
    else if (BigInt(last) < BigInt(first)) this.fault('typed_descending', item);
    else if (last !== String(BigInt(last)).padStart(first.length, '0'))
      this.fault('typed_widths_differ', item);
    else this.pieces.push({ prefix, width: first.length, first: BigInt(first), last: BigInt(last) });
  }

  private following(item: string, left: string, first: string, more: string): void {
    const [start = '', end = ''] = left.split('-');
    if (left.split('-').length === 2 && isPair(start, '-', end)) {
      this.fault('typed_mixed', item);
      return;
    }
    const last = BigInt(first) + BigInt(more);
    if (first.startsWith('0') && String(last).length > first.length && first.length > 1) {
      this.fault('typed_overflow', item);
      return;
    }
    const prefix = left.slice(0, left.length - first.length);
    this.pieces.push({ prefix, width: first.length, first: BigInt(first), last });
  }
}

interface Joined {
  left: string;
  sign: string;
  right: string;
  /** The place after them. */
  next: number;
}

/** Look for a sign with blanks around it after a word. */
function join(words: string[], place: number): Joined | null {
  const left = words[place] ?? '';
  const [one, two] = [words[place + 1], words[place + 2]];
  if (one === undefined) return null;
  const candidates: [string, string, string, number][] = [
    ...(two !== undefined && one.length === 1
      ? ([[left, one, two, 3]] as [string, string, string, number][])
      : []),
    [left, one.charAt(0), one.slice(1), 2],
    [left.slice(0, -1), left.slice(-1), one, 2],
  ];
  for (const [before, sign, after, used] of candidates) {
    if (sign !== '' && SIGNS.includes(sign) && isPair(before, sign, after)) {
      return { left: before, sign, right: after, next: place + used };
    }
  }
  return null;
}

/** Whether a sign between two texts means more than itself. */
function isPair(left: string, sign: string, right: string): boolean {
  if (sign === '+') return isNumber(left.slice(-1)) && isNumber(right);
  return isNumber(left.slice(-1)) && isNumber(right.slice(-1));
}

function isNumber(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

function numbered(text: string): [prefix: string, digits: string] {
  const found = /^([\s\S]*?)([0-9]+)$/.exec(text);
  return found === null ? [text, '0'] : [found[1] ?? '', found[2] ?? '0'];
}
