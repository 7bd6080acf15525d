import { describe, expect, it } from 'vitest';
import type { FormField } from '../../../forms/model';
import { columnsOf, frozenUpTo, kept, moved, stepped } from './columns';

const field = (code: string, kind = 'text'): FormField => ({ id: code, code, kind, title: code });
const fields = [field('a'), field('b', 'number'), field('c'), field('d')];
const keys = (columns: readonly { key: string; hidden: boolean }[]) =>
  columns.filter((one) => !one.hidden).map((one) => one.key);
const columns = columnsOf(fields, [], new Map());

describe('the columns of a list', () => {
  it('are at first those of the form, the first frozen, and who added the record', () => {
    expect(keys(columns)).toEqual(['a', 'b', 'c', 'd', '#created_by', '#created_at']);
    expect(columns.filter((one) => one.frozen).map((one) => one.key)).toEqual(['a']);
  });

  it('stand as the view has them, new fields behind, fields that are gone nowhere, the frozen ones first', () => {
    const given = [
      { field: 'c', width: 300 },
      { field: 'gone' },
      { field: 'a', frozen: true },
      { field: 'b', hidden: true },
    ];
    const found = columnsOf(fields, given, new Map());
    expect(keys(found)).toEqual(['a', 'c', 'd']);
    expect(found.find((one) => one.key === 'c')?.width).toBe(300);
    expect(kept(found, given).slice(0, 2)).toEqual([
      { field: 'a', width: null, frozen: true, hidden: false },
      { field: 'c', width: 300, frozen: false, hidden: false },
    ]);
  });

  it('move by drag and by step, and freeze up to one', () => {
    expect(keys(moved(columns, 'd', 'b'))).toEqual(['a', 'd', 'b', 'c', '#created_by', '#created_at']);
    expect(keys(stepped(columns, 'b', 1)).slice(0, 4)).toEqual(['a', 'c', 'b', 'd']);
    expect(keys(stepped(columns, 'c', -1)).slice(0, 4)).toEqual(['a', 'c', 'b', 'd']);
    expect(keys(stepped(columns, 'a', -1))).toEqual(keys(columns));
    expect(moved(columns, 'c', 'a').find((one) => one.key === 'c')?.frozen).toBe(true);
    const frozen = (some: typeof columns) => some.filter((one) => one.frozen).map((one) => one.key);
    expect(frozen(frozenUpTo(columns, 'b'))).toEqual(['a', 'b']);
    expect(frozen(frozenUpTo(columns, null))).toEqual([]);
  });
});
