import { describe, expect, it } from 'vitest';
import type { FormField } from '../../forms/model';
import type { Group } from './asking';
import { both, comparisonsOf, count, groupOf, searching, written } from './asking';

const serial: FormField = { id: '1', code: 'serial', kind: 'text', title: '序列号' };
const weight: FormField = { id: '2', code: 'weight', kind: 'number', title: '重量' };

describe('a filter', () => {
  const group: Group = {
    join: 'and',
    parts: [
      { field: 'serial', is: 'contains', value: 'RO' },
      {
        join: 'or',
        parts: [
          { field: 'weight', is: 'more', value: 0 },
          { field: 'weight', is: 'empty', value: 7 },
        ],
      },
    ],
  };

  it('is written as the server takes it, groups within groups', () => {
    expect(written(group)).toEqual({
      and: [
        { field: 'serial', is: 'contains', value: 'RO' },
        {
          or: [
            { field: 'weight', is: 'more', value: 0 },
            { field: 'weight', is: 'empty' },
          ],
        },
      ],
    });
    expect(count(group)).toBe(3);
  });

  it('leaves out what is not complete, and is nothing when nothing is left', () => {
    const half: Group = {
      join: 'or',
      parts: [
        { field: 'serial', is: 'equal', value: '' },
        { field: 'weight', is: 'between', value: [1, null] },
        { join: 'and', parts: [{ field: '', is: 'filled' }] },
      ],
    };
    expect(written(half)).toBeNull();
    expect(count(half)).toBe(0);
  });

  it('stands alone when only one comparison is left', () => {
    const one: Group = {
      join: 'or',
      parts: [
        { field: 'weight', is: 'between', value: [1, 2] },
        { field: 'serial', is: 'one_of', value: [] },
      ],
    };
    expect(written(one)).toEqual({ field: 'weight', is: 'between', value: [1, 2] });
  });

  it('comes back from the server as it went there, and what is no filter filters nothing', () => {
    expect(written(groupOf(written(group)))).toEqual(written(group));
    expect(groupOf({ field: 'serial', is: 'filled' }).parts).toHaveLength(1);
    for (const broken of [undefined, null, '', [1], { and: 5 }, { or: [] }, { field: 1, is: 'equal' }, 7]) {
      expect(written(groupOf(broken))).toBeNull();
    }
  });
});

describe('a search', () => {
  const fields = [
    { field: serial, shape: 'text' as const },
    { field: weight, shape: 'number' as const },
  ];

  it('looks in texts, and in numbers for a number', () => {
    expect(searching(' RO ', fields)).toEqual({ field: 'serial', is: 'contains', value: 'RO' });
    expect(searching('12.5', fields)).toEqual({
      or: [
        { field: 'serial', is: 'contains', value: '12.5' },
        { field: 'weight', is: 'equal', value: 12.5 },
      ],
    });
    expect(searching('  ', fields)).toBeNull();
    expect(searching('RO', fields.slice(1))).toBeNull();
  });

  it('holds together with a filter', () => {
    expect(both(null, 'b')).toBe('b');
    expect(both('a', null)).toBe('a');
    expect(both('a', 'b')).toEqual({ and: ['a', 'b'] });
  });
});

it('sub-tables and layout are not compared, everything else can be asked for being empty', () => {
  expect(comparisonsOf('rows')).toEqual([]);
  expect(comparisonsOf('layout')).toEqual([]);
  for (const shape of ['text', 'number', 'boolean', 'date', 'moment', 'reference', 'json'] as const) {
    expect(comparisonsOf(shape)).toContain('empty');
  }
  expect(comparisonsOf('number')).not.toContain('contains');
});
