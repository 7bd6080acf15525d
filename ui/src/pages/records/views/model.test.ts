import { describe, expect, it } from 'vitest';
import { joined } from './calls';
import { ALL, groupText, readGroup, totalsText, written } from './model';

describe('a view', () => {
  it('has groups that go into an address and come back', () => {
    const group = [
      { field: '状态', by: null, down: false },
      { field: 'made', by: 'month', down: true },
    ];
    expect(groupText(group)).toBe('状态,-made:month');
    expect(readGroup(groupText(group))).toEqual(group);
    expect(readGroup('-')).toEqual([]);
    expect(readGroup('a:hour,b,c')).toEqual([
      { field: 'a', by: null, down: false },
      { field: 'b', by: null, down: false },
    ]);
  });

  it('is unchanged where only what says nothing differs', () => {
    const same = { ...ALL, columns: [{ field: 'a' }], options: { totals: {}, fields: [] } };
    expect(written(same)).toBe(written({ ...ALL, columns: [{ field: 'a', width: null, hidden: false }] }));
    expect(written({ ...ALL, sort: '-a' })).not.toBe(written(ALL));
    expect(totalsText({ totals: { qty: 'sum', price: 'average' } })).toBe('qty:sum,price:average');
    expect(totalsText({ totals: {} })).toBeUndefined();
  });

  it('joins a group that goes on over a page', () => {
    const leaf = (value: string) => ({ value, title: null, filter: {}, count: 1, totals: {}, groups: [] });
    const page = (value: string, ...inner: string[]) => ({
      groups: [{ ...leaf(value), count: 3, groups: inner.map(leaf) }], next: null, count: 4, totals: {},
    }); // prettier-ignore
    const found = joined([page('a', '1', '2'), page('a', '3'), page('b', '1')]);
    expect(found.map((one) => [one.value, one.groups.map((inner) => inner.value)])).toEqual([
      ['a', ['1', '2', '3']],
      ['b', ['1']],
    ]);
  });
});
