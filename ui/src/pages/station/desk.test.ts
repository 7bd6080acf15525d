import { describe, expect, it } from 'vitest';
import type { Started } from './calls';
import type { Desk, Happening } from './desk';
import { EMPTY, happened, KEPT, toSend } from './desk';
import { hereOf, stationsOf } from './places';

const scan = (raw: string): Happening => ({
  what: 'scanned',
  scan: { raw, station: 'WS-1', client_key: raw },
});
const one = (more: Partial<Started>): Started => ({
  ...{ app: 'wms', flow: 'f', name: '维修', title: '', form: 'r', record: 0, made: false },
  ...{ id: null, running: null, task: null, problems: [] },
  ...more,
});
const answered = (...started: Started[]): Happening => ({ what: 'answered', started, at: 1 });
const problem = (code: string) => ({ code, message: `${code}!`, advice: 'do' });
const run = (...all: Happening[]): Desk => all.reduce(happened, EMPTY);

describe('a station', () => {
  it('sends scans one after the other and keeps what came of each', () => {
    const desk = run(scan('A'), scan('B'), answered(one({ id: 7 })));
    expect([desk.told?.kind, desk.told?.raw, toSend(desk)?.raw]).toEqual(['right', 'A', 'B']);
    const after = happened(desk, answered(one({ running: 7, problems: [problem('runs')] })));
    expect([after.told?.kind, after.told?.message, after.rows.map((row) => row.raw)]).toEqual([
      'again',
      '',
      ['B', 'A'],
    ]);
  });

  it('stops where nothing was started, and says why', () => {
    const desk = run(scan('A'), scan('B'), answered(one({ problems: [problem('no')] })));
    expect([desk.told?.kind, desk.told?.message, desk.told?.advice, toSend(desk)]).toEqual([
      'wrong',
      'no!',
      'do',
      null,
    ]);
    const deaf = happened(desk, scan('C'));
    expect([deaf.ignored, deaf.queue.length]).toEqual([1, 1]);
    expect(toSend(happened(deaf, { what: 'acknowledged' }))?.raw).toBe('B');
  });

  it('takes what is refused as a whole off the queue, but nothing for want of a network', () => {
    const offline = run(scan('A'), { what: 'offline' });
    expect([offline.offline, offline.queue.length]).toEqual([true, 1]);
    const refused = happened(offline, {
      what: 'refused',
      problem: { title: '不认识的码：A', status: 409, code: 'flow_scan_unknown', advice: '看看标签' },
      at: 1,
    });
    expect([refused.offline, refused.queue.length, refused.told?.message, refused.told?.advice]).toEqual([
      false,
      0,
      '不认识的码：A',
      '看看标签',
    ]);
  });

  it('is right where one of two flows was started, and warns of the other', () => {
    const desk = run(scan('A'), answered(one({ id: 7 }), one({ problems: [problem('no')] })));
    expect([desk.told?.kind, desk.told?.message, desk.stopped]).toEqual(['right', 'no!', false]);
  });

  it('keeps only the last answers', () => {
    const all = Array.from({ length: KEPT + 3 }, (_, at) => [
      scan(`S${at}`),
      answered(one({ id: at })),
    ]).flat();
    const desk = run(...all);
    expect([desk.rows.length, desk.rows[0]?.raw]).toEqual([KEPT, `S${KEPT + 2}`]);
  });
});

describe('where a device stands', () => {
  const flow = (...stations: string[]) => ({ app: 'a', flow: 'f', name: 'F', stations });

  it('is asked only where there is a choice', () => {
    expect(hereOf([flow()], undefined)).toBe('');
    expect(hereOf([flow('WS-1')], undefined)).toBe('WS-1');
    expect(hereOf([flow('WS-1'), flow()], undefined)).toBeUndefined();
    expect(stationsOf([flow('WS-2', 'WS-1'), flow(), flow('WS-1')])).toEqual(['WS-1', 'WS-2', '']);
  });

  it('is asked anew where the station is no more', () => {
    expect(hereOf([flow('WS-1', 'WS-2')], 'WS-9')).toBeUndefined();
    expect(hereOf([flow('WS-1', 'WS-2')], 'WS-2')).toBe('WS-2');
  });
});
