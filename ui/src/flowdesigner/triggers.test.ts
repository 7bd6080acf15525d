import { describe, expect, it } from 'vitest';
import { applying, changed, inWords, kept, keysOf } from './triggers';

const SCHEDULE = [
  { name: 'every', default: 'day' },
  { name: 'at', default: '08:00' },
  { name: 'days', default: [] },
  { name: 'minutes', default: 60 },
  { name: 'on', default: 'records' },
  { name: 'filter', default: {} },
  { name: 'values', default: [] },
];

const names = (options: { name: string }[]) => options.map((one) => one.name);

describe('triggers', () => {
  it('are called by their ids, or by their kind and how many of it come before', () => {
    expect(
      keysOf([{ kind: 'button' }, { kind: 'webhook', id: 'erp' }, { kind: 'button' }, { kind: 'webhook' }]),
    ).toEqual(['button-1', 'erp', 'button-2', 'webhook-2']);
  });

  it('keep what they are called when one before them goes', () => {
    const [, second] = kept([{ kind: 'webhook' }, { kind: 'webhook' }]);
    expect(second === undefined ? [] : keysOf([second])).toEqual(['webhook-2']);
  });

  it('ask only for what means something', () => {
    expect(names(applying({ kind: 'schedule' }, SCHEDULE))).toEqual(['every', 'at', 'on', 'filter']);
    expect(names(applying({ kind: 'schedule', every: 'minutes', on: 'new' }, SCHEDULE))).toEqual([
      ...['every', 'minutes', 'on', 'values'],
    ]);
  });

  it('forget what no longer means anything', () => {
    const weekly = { id: 'a', kind: 'schedule', every: 'week', days: ['1', '5'], at: '09:30' };
    expect(changed(weekly, SCHEDULE, 'every', 'month')).toEqual({
      ...{ id: 'a', kind: 'schedule', every: 'month', at: '09:30' },
    });
    expect(changed(weekly, SCHEDULE, 'every', 'minutes')).toEqual({
      ...{ id: 'a', kind: 'schedule', every: 'minutes' },
    });
    expect(changed(weekly, SCHEDULE, 'at', undefined)).toEqual({
      ...{ id: 'a', kind: 'schedule', every: 'week', days: ['1', '5'] },
    });
  });

  it('are told in a few words', () => {
    const t = (key: string, values?: Record<string, unknown>) =>
      [key.replace('flowdesigner.', ''), ...Object.values(values ?? {}).map(String)].join(' ');
    const say = (trigger: Record<string, unknown>) => inWords(trigger, (field) => field.toUpperCase(), t);
    expect(say({ kind: 'date', field: 'due', days: -3 })).toBe('trigger.before DUE 3 08:00');
    expect(say({ kind: 'date', field: 'due' })).toBe('trigger.onDay DUE 0 08:00');
    expect(say({ kind: 'schedule', every: 'week', at: '09:30', days: ['5'] })).toBe(
      'trigger.week weekday.5 09:30',
    );
    expect(say({ kind: 'record_created' })).toBe('');
  });
});
