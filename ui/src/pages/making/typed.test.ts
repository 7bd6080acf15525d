import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { csvOf } from './csv';
import { firstOf, lastOf, parseTyped } from './typed';

interface Vector {
  text: string;
  codes?: string[];
  /** For those too long to be listed. */
  count?: number;
  first?: string;
  last?: string;
  errors?: (string | { code: string })[];
}

// The same cases as the server's parser is held to.
const vectors = JSON.parse(readFileSync('../tests/vectors/typed_codes.json', 'utf8')) as Vector[];

describe('typed codes', () => {
  it.each(vectors)('reads $text as the server does', (vector) => {
    const typed = parseTyped(vector.text);
    const wrong = (vector.errors ?? []).map((error) => (typeof error === 'string' ? error : error.code));
    expect(typed.faults.map((fault) => fault.code)).toEqual(wrong);
    if (wrong.length > 0) return;
    const codes = vector.codes ?? [];
    expect(Number(typed.count)).toBe(vector.count ?? codes.length);
    if (vector.codes !== undefined) expect(firstOf(typed, 10_000)).toEqual(codes);
    expect(firstOf(typed, 1)[0]).toBe(vector.first ?? codes[0]);
    expect(lastOf(typed)).toBe(vector.last ?? codes.at(-1));
  });

  it('counts a long range without spelling it out', () => {
    const typed = parseTyped('A000000001-A999999999');
    expect(typed.count).toBe(999_999_999n);
    expect(firstOf(typed, 2)).toEqual(['A000000001', 'A000000002']);
    expect(lastOf(typed)).toBe('A999999999');
  });
});

describe('codes as CSV', () => {
  it('keeps a spreadsheet from taking a code for a formula', () => {
    expect(csvOf('编码', ['A1', '=1+1', 'a"b'])).toBe('\ufeff"编码"\r\n"A1"\r\n"\'=1+1"\r\n"a""b"\r\n');
  });
});
