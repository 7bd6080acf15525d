import { describe, expect, it } from 'vitest';
import type { FormRecord } from '../../../forms/calls';
import type { Read } from './layout';
import { GROUP_HEIGHT, Stack, within } from './layout';

const record = (id: number) => ({ id }) as unknown as FormRecord;
const read = (more: Partial<Read>): Read => ({
  rows: [], more: false, busy: false, error: null, loadMore: () => undefined, retry: () => undefined, ...more,
}); // prettier-ignore
const group = { value: 'x', title: null, filter: {}, count: 3, totals: {}, groups: [] };

describe('the heights of a list', () => {
  it('are known before the records of a group are read', () => {
    const before = new Stack(34, new Map());
    before.group('g', group, 0, true);
    before.section({ key: 's', filter: null }, 1, 3);
    const after = new Stack(34, new Map([['s', read({ rows: [record(1), record(2), record(3)] })]]));
    after.group('g', group, 0, true);
    after.section({ key: 's', filter: null }, 1, 3);
    expect(before.height).toBe(GROUP_HEIGHT + 3 * 34);
    expect(after.height).toBe(before.height);
    expect(after.items.map((one) => one.kind)).toEqual(['group', 'row', 'row', 'row']);
  });

  it('say what is in sight', () => {
    const rows = Array.from({ length: 1000 }, (_, id) => record(id));
    const stack = new Stack(10, new Map([['', read({ rows, more: true })]]));
    stack.section({ key: '', filter: null }, 0);
    expect(within(stack.items, 105, 151)).toEqual([10, 16]);
    expect(within(stack.items, -400, 5)).toEqual([0, 1]);
    expect(within(stack.items, 9_995, 20_000)).toEqual([999, 1001]);
    expect(stack.items.at(-1)?.kind).toBe('more');
    expect(within([], 0, 100)).toEqual([0, 0]);
  });

  it('put what lies below a record under it', () => {
    const reads = new Map([
      ['', read({ rows: [record(1), record(2)], below: new Map([[1, 1]]) })],
      ['>1', read({ rows: [record(3)] })],
    ]);
    const stack = new Stack(34, reads);
    const open = (id: number) => (id === 1 ? { key: '>1', filter: null } : null);
    stack.section({ key: '', filter: null }, 0, undefined, open);
    expect(stack.items.map((one) => [one.kind === 'row' && one.record.id, one.depth])).toEqual([
      [1, 0],
      [3, 1],
      [2, 0],
    ]);
  });
});
