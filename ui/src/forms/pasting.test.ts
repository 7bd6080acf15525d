import { describe, expect, it } from 'vitest';
import type { FormField, Shape } from './model';
import { cellsOf, pasted, valueOf } from './pasting';

function column(code: string, shape: Shape): { field: FormField; shape: Shape } {
  return { field: { id: code, code, kind: shape, title: code }, shape };
}

const columns = [column('what', 'text'), column('value', 'number'), column('good', 'boolean')];

describe('what is pasted from a sheet', () => {
  it('is cut into cells, also those that hold line breaks and quotes', () => {
    expect(cellsOf('气密\t1.5\t是\r\n"耐压\n""高"""\t2\t否\r\n')).toEqual([
      ['气密', '1.5', '是'],
      ['耐压\n"高"', '2', '否'],
    ]);
    expect(cellsOf('一个词')).toBeNull();
  });

  it('fills the rows from the cell on and adds those that are missing', () => {
    const rows = pasted(
      [{ what: 'a', value: 1 }, { what: 'b' }],
      [['1,200', '是'], ['3', '×'], ['约 4']],
      columns,
      1,
      1,
    );
    expect(rows).toEqual([
      { what: 'a', value: 1 },
      { what: 'b', value: 1200, good: true },
      { value: 3, good: false },
      { value: '约 4' },
    ]);
  });

  it('reads days as people write them', () => {
    const { field } = column('made', 'date');
    expect(valueOf('2026/9/8', 'date', field)).toBe('2026-09-08');
    expect(valueOf('2026年11月22日', 'date', field)).toBe('2026-11-22');
    expect(valueOf('昨天', 'date', field)).toBe('昨天');
    expect(valueOf('', 'date', field)).toBeNull();
  });
});
