import { describe, expect, it } from 'vitest';
import type { LifeEvent } from '../../api/items';
import { days, enteredLate, otherData, stagesOf, standingAfter, takenBack } from './story';

let seq = 0;

function event(operation: string, more: Partial<LifeEvent> = {}): LifeEvent {
  seq += 1;
  const at = `2026-09-${String(seq).padStart(2, '0')}T08:00:00+08:00`;
  return {
    seq,
    operation,
    occurred_at: at,
    recorded_at: at,
    actor: 'zhou',
    device: '',
    partner: null,
    from: { state: null, place: null },
    to: { state: null, place: null },
    document: null,
    event: 100 + seq,
    note: '',
    data: {},
    ...more,
  };
}

function life(...operations: (string | LifeEvent)[]): LifeEvent[] {
  seq = 0;
  return operations.map((one) => (typeof one === 'string' ? event(one) : { ...one, seq: ++seq }));
}

describe('the stages of a life', () => {
  it('are cut where the kind of operation changes', () => {
    const stages = stagesOf(
      life('commission', 'assemble', 'receive', 'putaway', 'ship', 'activate', 'repair_in'),
    );
    expect(stages.map((one) => [one.name, one.events.length])).toEqual([
      ['make', 2],
      ['store', 2],
      ['channel', 2],
      ['service', 1],
    ]);
  });

  it('begin again after a return', () => {
    const stages = stagesOf(life('commission', 'receive', 'ship', 'return_', 'receive', 'ship'));
    expect(stages.map((one) => one.name)).toEqual([
      'make',
      'store',
      'channel',
      'service',
      'store',
      'channel',
    ]);
  });

  it('take inspections and holds in where they happen', () => {
    const stages = stagesOf(life('commission', 'inspect', 'receive', 'hold', 'release'));
    expect(stages.map((one) => one.events.length)).toEqual([2, 3]);
  });

  it('call parts that are changed at the user service', () => {
    seq = 0;
    const stages = stagesOf([event('activate'), event('install', { from: { state: 'sold', place: null } })]);
    expect(stages.map((one) => one.name)).toEqual(['channel', 'service']);
  });

  it('end when the next begins', () => {
    const stages = stagesOf(life('commission', 'receive'));
    expect(stages[0]?.until).toBe(stages[1]?.events[0]?.occurred_at);
    expect(stages[1]?.until).toBeNull();
  });
});

describe('corrections', () => {
  it('take an event back', () => {
    const events = life('commission', 'receive');
    seq = 2;
    events.push(event('correct', { data: { corrects: events[1]!.event } }));
    expect([...takenBack(events)]).toEqual([events[1]!.event]);
  });

  it('are stood in the way of by what came later and still holds, newest first', () => {
    const events = life('commission', 'receive', 'putaway', 'pick');
    seq = 4;
    events.push(event('correct', { data: { corrects: events[3]!.event } }));
    expect(standingAfter(events, events[0]!).map((one) => one.operation)).toEqual(['putaway', 'receive']);
    expect(standingAfter(events, events[2]!)).toEqual([]);
  });
});

describe('what is told of an event', () => {
  it('leaves out what has words of its own', () => {
    seq = 0;
    const told = event('relabel', {
      data: { new: 'A-2', reason: '标签损坏', changes: {}, quality: 'x', empty: '' },
    });
    expect(otherData(told)).toEqual([
      ['new', 'A-2'],
      ['reason', '标签损坏'],
    ]);
  });

  it('names items by their identifier', () => {
    seq = 0;
    const told = event('swap', {
      data: { out: { item: { identifier: 'P-1', namespace: 'own' } }, in: { item: 'P-2' } },
    });
    expect(otherData(told)).toEqual([
      ['out', 'P-1'],
      ['in', 'P-2'],
    ]);
  });

  it('says when it was entered late', () => {
    seq = 0;
    expect(enteredLate(event('receive'))).toBe(false);
    expect(enteredLate(event('receive', { recorded_at: '2026-09-09T08:00:00+08:00' }))).toBe(true);
  });

  it('counts days by the calendar', () => {
    expect(days('2026-09-08T23:50:00+08:00', new Date('2026-09-09T00:10:00+08:00'))).toBe(
      days('2026-09-08T23:50:00+08:00', '2026-09-09T00:10:00+08:00'),
    );
    expect(days('2026-09-08T08:00:00+08:00', '2026-09-28T08:00:00+08:00')).toBe(20);
  });
});
