import { describe, expect, it } from 'vitest';
import { proposals } from './completing';
import { callAt, unitsAt, wordsOf, writingAt } from './reading';

describe('a formula while it is written', () => {
  it('falls into words that together are the formula, however unfinished', () => {
    for (const formula of ['如果（数量>1，“多”，', 'SUM({lines.qty', '"a', '𠮷*2 ', '【规格/型号】&1.5%']) {
      expect(
        wordsOf(formula)
          .map((one) => one.text)
          .join(''),
      ).toBe(formula);
    }
    expect(wordsOf('四舍五入(单价, 2)').map((one) => one.kind)).toEqual([
      ...['function', 'sign', 'name', 'sign', 'blank', 'number', 'sign'],
    ]);
  });

  it('knows what is being written at the caret, and that nothing is within a text', () => {
    expect(writingAt('数量*单', 4)).toEqual({ from: 3, to: 4, text: '单', braced: false });
    expect(writingAt('1+{单', 4)).toEqual({ from: 2, to: 4, text: '单', braced: true });
    expect(writingAt('数量*', 3)?.text).toBe('');
    expect(writingAt('"数', 2)).toBeNull();
  });

  it('knows the function around the caret and which argument it is', () => {
    expect(callAt('如果(数量>1, 求和(a, b), ', 19)).toEqual({ name: '如果', argument: 2 });
    expect(callAt('如果(数量>1, 求和(a, b', 15)).toEqual({ name: '求和', argument: 1 });
    expect(callAt('(1+2', 4)).toBeNull();
  });

  it('counts characters as the server does', () => {
    expect(unitsAt('𠮷a', 1)).toBe(2);
  });

  it('proposes fields by title or code before functions that begin alike', () => {
    const fields = [
      { code: 'price', title: '单价', shape: 'number' },
      { code: 'sum_before', title: '上期', shape: 'number' },
    ];
    const sum = { name: 'SUM', zh: '求和', label: '求和', usage: '求和(数字, …)', doc: '' };
    const typed = (text: string) => ({ from: 0, to: 0, text, braced: false });
    const labels = (text: string) => proposals(typed(text), fields, [sum as never]).map((one) => one.label);
    expect(labels('sum')).toEqual(['求和', '上期']);
    expect(labels('su')).toEqual(['上期', '求和']);
    expect(labels('单')).toEqual(['单价']);
  });
});
