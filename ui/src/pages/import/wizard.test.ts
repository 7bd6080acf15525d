import { describe, expect, it } from 'vitest';
import type { BadCell, Guess } from './calls';
import { assign, exampleOf, lacking, linesOf, planOf } from './wizard';

const guess = {
  upload: 'u1',
  sheet: '期初',
  mapping: { 机身编码: 'code' },
  rows: [
    ['', 'CY-R800'],
    ['RO1', 'CY-R800'],
  ],
  fields: [
    { name: 'code', needed: true },
    { name: 'product', needed: true },
    { name: 'batch', needed: false },
  ],
} as unknown as Guess;

const bad = (row: number, column = '序列号') => ({ row, column }) as BadCell;

describe('a mapping', () => {
  it('gives a field to one column only', () => {
    expect(assign({ A: 'code', B: 'product' }, 'C', 'code')).toEqual({ B: 'product', C: 'code' });
  });

  it('lets a column go', () => {
    expect(assign({ A: 'code', B: 'product' }, 'A', '')).toEqual({ B: 'product' });
  });

  it('lacks what neither a column nor a value for all rows gives', () => {
    const plan = planOf(guess);
    expect(lacking(guess, plan)).toEqual(['product']);
    expect(lacking(guess, { ...plan, defaults: { product: 'CY-R800' } })).toEqual([]);
  });

  it('shows the first example that is not empty', () => {
    expect(exampleOf(guess, 1)).toBe('RO1');
    expect(exampleOf(guess, 9)).toBe('');
  });
});

describe('the lines of a check', () => {
  it('fold the good rows between bad ones', () => {
    expect(linesOf([bad(6), bad(4), bad(7)], 3, 9)).toEqual([
      { from: 3, to: 3 },
      { row: 4, bad: [bad(4)] },
      { from: 5, to: 5 },
      { row: 6, bad: [bad(6)] },
      { row: 7, bad: [bad(7)] },
      { from: 8, to: 9 },
    ]);
  });

  it('keep all faults of a row together', () => {
    expect(linesOf([bad(3, 'A'), bad(3, 'B')], 3, null)).toEqual([
      { row: 3, bad: [bad(3, 'A'), bad(3, 'B')] },
    ]);
  });
});
