import type { Check, Options } from './refusal';
import { numberOf, Refusal } from './refusal';

/** What counts as a blank: as on the server, which knows a few that `trim` does not, and not the mark of byte order. */
const BLANK = '\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const ENDS = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, 'gu');
const BLANKS = new RegExp(`[${BLANK}]+`, 'gu');
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/** A text without blanks at its ends. */
export function stripped(text: string): string {
  return text.replace(ENDS, '');
}

/** Whether every sign of a text can be seen. */
export function printable(text: string): boolean {
  return !UNSEEN.test(text);
}

/** How many signs a text has, as people count them and the server does. */
export function length(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** One line of text without blanks at its ends. */
export function line(raw: unknown, longest: number): string {
  if (typeof raw !== 'string') throw new Refusal('entry_not_text');
  const text = printable(raw) ? stripped(raw) : stripped(raw).replace(BLANKS, ' ');
  if (length(text) > longest) {
    throw new Refusal('entry_too_long', { limit: longest, length: length(text) });
  }
  if (!printable(text)) throw new Refusal('entry_not_printable');
  return text;
}

function lines(raw: unknown, longest: number): string {
  if (typeof raw !== 'string') throw new Refusal('entry_not_text');
  const text = raw.replaceAll('\r\n', '\n');
  const own = length(stripped(text));
  if (own > longest) throw new Refusal('entry_too_long', { limit: longest, length: own });
  if (!printable(text.replace(/[\n\t]/g, ''))) throw new Refusal('entry_not_printable');
  return text;
}

const longest = (options: Options) => numberOf(options, 'longest') ?? Infinity;

const FORMATS: Partial<Record<string, { fits: RegExp; wanted: string; wanted_en: string }>> = {
  digits: { fits: /^[0-9]+$/, wanted: '只有数字', wanted_en: 'Digits only' },
  letters: { fits: /^[A-Za-z]+$/, wanted: '只有英文字母', wanted_en: 'Letters A–Z only' },
  letters_digits: { fits: /^[A-Za-z0-9]+$/, wanted: '字母和数字', wanted_en: 'Letters and digits' },
};

/** One line, perhaps of certain signs only. */
export const text: Check = (raw, options) => {
  const most = longest(options);
  let found = line(raw, most);
  if (options['upper'] === true) found = Array.from(found.toUpperCase()).slice(0, most).join('');
  const format = options['format'];
  const one = typeof format === 'string' ? FORMATS[format] : undefined;
  if (found !== '' && one?.fits.test(found) === false) {
    throw new Refusal('entry_wrong_format', { wanted: one.wanted, wanted_en: one.wanted_en });
  }
  return found !== '';
};

/** Several lines. */
export const longText: Check = (raw, options) => stripped(lines(raw, longest(options))) !== '';

/** Rich text: what is left after cleaning is the server's to say. */
export const richText: Check = (raw, options) => {
  if (typeof raw !== 'string') throw new Refusal('entry_not_text');
  const most = longest(options);
  if (length(raw) > most) throw new Refusal('entry_too_long', { limit: most, length: length(raw) });
  return stripped(raw) !== '';
};

/** Words of one's own. */
export const tags: Check = (raw, options) => {
  const given = typeof raw === 'string' ? raw.replace(/[，、]/g, ',').split(',') : raw;
  if (!Array.isArray(given)) throw new Refusal('entry_not_a_list');
  const words = given as unknown[];
  if (!words.every((one) => typeof one === 'string' && printable(one) && length(one) <= LONGEST_TAG)) {
    throw new Refusal('entry_not_tags', { limit: LONGEST_TAG });
  }
  const found = new Set(words.map((one) => stripped(one as string)).filter((one) => one !== ''));
  const most = numberOf(options, 'most') ?? Infinity;
  if (found.size > most) throw new Refusal('entry_too_many', { limit: most });
  return found.size > 0;
};

const LONGEST_TAG = 50;
