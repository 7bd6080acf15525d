import { describe, expect, it } from 'vitest';
import type { Field } from './declared';
import { asKept, asRead, filled, joined, pieces } from './values';

const fields: Field[] = [
  { name: 'item.code', label: '序列号', group: 'item', type: 'text', value: 'A7' },
  { name: 'product.name', label: '产品名称', group: 'product', type: 'text', value: '净水机' },
];

describe('a text with formulas', () => {
  it('falls in pieces and goes together again', () => {
    const value = 'SN {item.code} {{1}} {IF(a="}", "x", "y")}';
    expect(pieces(value)).toEqual([
      { kind: 'words', text: 'SN ' },
      { kind: 'formula', text: 'item.code' },
      { kind: 'words', text: ' {1} ' },
      { kind: 'formula', text: 'IF(a="}", "x", "y")' },
    ]);
    expect(joined(pieces(value))).toBe(value);
  });

  it('is read with the names that people know and kept with those that stay', () => {
    expect(asRead('SN {item.code}', fields)).toBe('SN {序列号}');
    expect(asKept('SN {序列号}{UPPER(序列号)}', fields)).toBe('SN {item.code}{UPPER(序列号)}');
  });

  it('is left alone while a name is being typed', () => {
    expect(asKept('SN {序列号', fields)).toBe('SN {序列号');
  });

  it('shows the values of the sample', () => {
    expect(filled('{item.code}/{product.name}/{1+1}', fields)).toBe('A7/净水机/{1+1}');
  });
});
