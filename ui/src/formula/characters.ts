// Texts as Python has them: what counts is a code point, not a unit of UTF-16.

const SURROGATE = /[\ud800-\udfff]/;

// What Python strips; unlike JavaScript without U+FEFF, and with the separators of ASCII and U+0085.
const BLANK = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const BLANK_BEFORE = new RegExp(`^${BLANK}`, 'u');
const BLANK_BEHIND = new RegExp(`${BLANK}$`, 'u');

/** The number of characters. */
export function lengthOf(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}

/** The characters from one place to another, counted from 0; neither is negative. */
export function slice(text: string, from: number, to = Infinity): string {
  return SURROGATE.test(text) ? Array.from(text).slice(from, to).join('') : text.slice(from, to);
}

/** The place of a text in another, counted from 0, at `from` or behind it; -1 if it is not there. */
export function placeOf(wanted: string, text: string, from = 0): number {
  if (from > lengthOf(text)) return -1;
  const found = text.indexOf(wanted, slice(text, 0, from).length);
  return found < 0 ? -1 : lengthOf(text.slice(0, found));
}

/** -1, 0 or 1, by code points. */
export function orderOf(left: string, right: string): number {
  if (left === right) return 0;
  let at = 0;
  while (left[at] === right[at]) at++;
  const [first, second] = [left.codePointAt(at) ?? -1, right.codePointAt(at) ?? -1];
  return first < second ? -1 : 1;
}

/** A text without blanks at its ends. */
export function stripped(text: string): string {
  return strippedBehind(text.replace(BLANK_BEFORE, ''));
}

/** A text without blanks at its end. */
export function strippedBehind(text: string): string {
  return text.replace(BLANK_BEHIND, '');
}

/** A text with its full-width characters (全角) as their plain ones. */
export function folded(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/g, (one) =>
    one === '\u3000' ? ' ' : String.fromCharCode(one.charCodeAt(0) - 0xfee0),
  );
}

/** A text with plain characters, without blanks at its ends: as numbers, dates and truths are read. */
export function plain(text: string): string {
  return stripped(folded(text)).replaceAll('−', '-');
}

/** A text without the case of A–Z; other letters keep theirs. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]/g, (one) => one.toLowerCase());
}
