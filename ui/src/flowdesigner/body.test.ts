import { describe, expect, it } from 'vitest';
import type { Body } from './body';
import { begun, contentOf, newName, partOf, PARTS, preview, renamed, written } from './body';

const BODY: Record<string, Body> = {
  no: '{no}',
  amount: { $field: 'amount' },
  old: { field: 'note' },
  order: { lines: [{ sum: { $formula: 'amount * 2' }, field: 'data' }], good: true, none: null },
};

describe('bodies', () => {
  it('tell values of the record from data; a plain “field” is a source on the uppermost level alone', () => {
    expect(Object.values(BODY).map((one) => partOf(one, true))).toEqual(['text', 'field', 'field', 'object']);
    expect(partOf({ field: 'data' })).toBe('object');
    expect(partOf({ step: 'a', key: 'b' }, true)).toBe('other');
    expect(contentOf({ field: 'note' }, true)).toBe('note');
  });

  it('say again what was chosen', () => {
    for (const part of PARTS) {
      const first = begun(part, 'x');
      expect(partOf(first)).toBe(part);
      expect(written(part, contentOf(first))).toEqual(first);
    }
  });

  it('keep the order of their members, and never two of one name', () => {
    const value = { a: 1, b: 2, c: 3 };
    expect(Object.keys(renamed(value, 'b', 'x'))).toEqual(['a', 'x', 'c']);
    expect(renamed(value, 'b', 'c')).toBe(value);
    expect(newName({ 名称1: 1, 名称3: 2 }, '名称')).toBe('名称4');
  });

  it('are shown with titles where values go', () => {
    const titles: Record<string, string> = { no: '单号', amount: '数量', note: '备注' };
    expect(preview(BODY, (code) => titles[code] ?? code)).toBe(
      `{
  "no": "‹单号›",
  "amount": ‹数量›,
  "old": ‹备注›,
  "order": {
    "lines": [
      {
        "sum": ‹= amount * 2›,
        "field": "data"
      }
    ],
    "good": true,
    "none": null
  }
}`,
    );
  });
});
