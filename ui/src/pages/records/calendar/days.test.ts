import { describe, expect, it } from 'vitest';
import type { FormRecord } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { between, daysOf, distance, shifted, spanOf } from './days';

const from: FormField = { id: '1', code: 'from', kind: 'date', title: '从' };
const to: FormField = { id: '2', code: 'to', kind: 'date', title: '到' };
const record = (values: Record<string, unknown>) => ({ values }) as unknown as FormRecord;

describe('the days of a calendar', () => {
  it('are whole weeks from Monday on', () => {
    const november = daysOf('2026-11-22', 'month');
    expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(daysOf('2027-02-10', 'month')).toHaveLength(28);
    expect(daysOf('2026-11-22', 'week')).toEqual([
      '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22',
    ]); // prettier-ignore
  });

  it('are those from the first to the last of a record', () => {
    expect(spanOf(record({ from: '2026-11-02', to: '2026-11-05' }), from, to)).toEqual([
      '2026-11-02',
      '2026-11-05',
    ]);
    expect(spanOf(record({ from: '2026-11-02', to: '2026-11-01' }), from, to)).toEqual([
      '2026-11-02',
      '2026-11-02',
    ]);
    expect(spanOf(record({ from: ['2026-11-02', '2026-11-03'] }), from, undefined)).toEqual([
      '2026-11-02',
      '2026-11-03',
    ]);
    expect(spanOf(record({ from: null, to: '2026-11-05' }), from, to)).toBeNull();
  });

  it('move together', () => {
    const moved = shifted(record({ from: '2026-11-29', to: null }), [from, to], 3);
    expect(moved).toEqual({ from: '2026-12-02' });
    expect(distance('2026-11-29', '2026-12-02')).toBe(3);
  });

  it('are asked for so that what began before is found too', () => {
    expect(between(from, undefined, 'date', '2026-11-01', '2026-11-30')).toEqual({
      and: [
        { field: 'from', is: 'at_least', value: '2026-11-01' },
        { field: 'from', is: 'at_most', value: '2026-11-30' },
      ],
    });
    expect(JSON.stringify(between(from, to, 'date', '2026-11-01', '2026-11-30'))).toContain(
      '"field":"to","is":"at_least"',
    );
  });
});
