import { describe, expect, it } from 'vitest';
import type { EditorField } from '../formulaeditor/fields';
import type { FormField } from '../forms/model';
import { treesOf } from '../test/trees';
import { byName } from './declared';
import { laid, reduce } from './model';
import type { Group } from './rules';
import { formulaOf, groupOf, tableOfRule, usedBy } from './rules';

const FIELDS: EditorField[] = [
  { code: '结果', title: '结果', shape: 'text' },
  { code: '数量', title: '数量', shape: 'number' },
  { code: '日期', title: '日期', shape: 'date' },
  { code: '合格', title: '合格', shape: 'boolean' },
  { code: '缺陷', title: '缺陷', shape: 'list' },
];

const GROUPS: Group[] = [
  { all: true, parts: [{ field: '结果', operator: 'eq', value: '不"合"格' }] },
  {
    all: false,
    parts: [
      { field: '结果', operator: 'in', value: ['合格', '让步'] },
      {
        all: true,
        parts: [
          { field: '数量', operator: 'ge', value: '-1.5' },
          { field: '日期', operator: 'lt', value: '2026-01-02' },
        ],
      },
      { field: '合格', operator: 'no', value: '' },
    ],
  },
  {
    all: true,
    parts: [
      { field: '缺陷', operator: 'has', value: '划痕' },
      { field: '缺陷', operator: 'lacks', value: '缺件' },
      { field: '结果', operator: 'filled', value: '' },
      { field: '数量', operator: 'empty', value: '' },
    ],
  },
];

describe('conditions', () => {
  it('are written as a formula and read back from its tree', () => {
    const texts = GROUPS.map((one) => formulaOf(one, FIELDS));
    const trees = treesOf(texts);
    expect(texts.map((one) => groupOf(trees.get(one)!))).toEqual(GROUPS);
  });

  it('of another shape stay a formula', () => {
    const texts = ['数量*2>3', 'AND(合格, 数量+1)', '结果', 'LEN(结果)>1', '数量>合格'];
    const trees = treesOf(texts);
    expect(texts.map((one) => groupOf(trees.get(one)!) === null)).toEqual([true, true, false, true, true]);
  });

  it('that are unfinished are no formula', () => {
    expect(formulaOf({ all: true, parts: [{ field: '数量', operator: 'gt', value: '' }] }, FIELDS)).toBe('');
    expect(formulaOf({ all: true, parts: [] }, FIELDS)).toBe('');
  });
});

describe('rules of a form', () => {
  const field = (id: string, kind = 'text', fields?: FormField[]): FormField => ({
    ...{ id, code: `字段${id}`, kind, title: id },
    ...(fields && { fields }),
  });
  const fields = [field('a'), field('b'), field('t', 'subform', [field('c')])];
  const one = { id: 'r', name: '规则', kind: 'show' as const, when: '{字段a}=1', fields: ['b'] };

  it('name the fields that they use and the table that they are about', () => {
    expect(usedBy(one, fields)).toEqual(['a', 'b']);
    expect(tableOfRule({ fields: ['c'] }, fields)).toBe('t');
    expect(tableOfRule(one, fields)).toBeNull();
  });

  it('are undone and redone together with the fields', () => {
    let board = laid(fields, byName([]));
    board = reduce(board, { do: 'rules', rules: [one] });
    board = reduce(board, { do: 'select', ids: ['a'] });
    board = reduce(board, { do: 'remove' });
    expect([board.rules.length, board.present.length]).toEqual([1, 2]);
    board = reduce(reduce(board, { do: 'undo' }), { do: 'undo' });
    expect([board.rules.length, board.present.length]).toEqual([0, 3]);
    board = reduce(reduce(board, { do: 'redo' }), { do: 'redo' });
    expect([board.rules.length, board.present.length]).toEqual([1, 2]);
  });
});
