import { describe, expect, it } from 'vitest';
import type { ScanEntry, Scanned, ScanReply } from './calls';
import type { Desk, Happening } from './desk';
import { EMPTY, happened, passableAs, toSend } from './desk';

const scan = (raw: string): Happening => ({
  what: 'scanned',
  scanned: { raw, manual: false, quantity: null, client_key: raw } satisfies Scanned,
});
const line = (seq: number) => ({ seq, item: 'SN' }) as ScanEntry;
const reply = (answer: ScanReply['answer'], seq = 1, more: Partial<ScanReply> = {}): Happening => ({
  what: 'answered',
  reply: {
    ...{ answer, code: 'x', message: '', advice: '', stop: answer === 'wrong', ask: false },
    ...{ done: 1, expected: 5, missing: 4, line: line(seq) },
    ...more,
  },
});
const run = (...all: Happening[]): Desk => all.reduce(happened, EMPTY);

describe('the desk of a scan task', () => {
  it('sends scans one after the other, in their order', () => {
    const desk = run(scan('SN-1'), scan('SN-2'));
    expect(toSend(desk)?.raw).toBe('SN-1');
    const after = happened(desk, reply('right'));
    expect([after.told?.raw, toSend(after)?.raw]).toEqual(['SN-1', 'SN-2']);
  });

  it('stops at a wrong one: what waits is kept, what comes is not taken, until it is acknowledged', () => {
    const desk = run(scan('SN-1'), scan('SN-2'), reply('wrong'));
    expect([desk.stopped, toSend(desk), desk.queue.length]).toEqual([true, null, 1]);
    const again = happened(desk, scan('SN-3'));
    expect([again.queue.length, again.ignored]).toEqual([1, 1]);
    const after = happened(again, { what: 'acknowledged' });
    expect([after.told, toSend(after)?.raw]).toEqual([null, 'SN-2']);
  });

  it('does not stop at one that was scanned before', () => {
    const desk = run(scan('SN-1'), reply('duplicate'), scan('SN-2'));
    expect([desk.told?.kind, desk.stopped, toSend(desk)?.raw]).toEqual(['again', false, 'SN-2']);
  });

  it('keeps what could not be sent, under the same key', () => {
    const desk = run(scan('SN-1'), { what: 'offline' });
    expect([desk.offline, toSend(desk)?.client_key]).toEqual([true, 'SN-1']);
    expect(happened(desk, reply('right')).offline).toBe(false);
  });

  it('takes a refusal for a wrong one, with its reason', () => {
    const problem = { title: 't', detail: '没有权限', advice: '找主管。', status: 403, code: 'forbidden' };
    const desk = run(scan('SN-1'), { what: 'refused', problem });
    expect(desk.told).toMatchObject({ kind: 'wrong', raw: 'SN-1', message: '没有权限', advice: '找主管。' });
    expect(desk.queue).toEqual([]);
  });

  it('takes nothing while it is paused', () => {
    const desk = run({ what: 'paused', on: true }, scan('SN-1'));
    expect([desk.queue.length, desk.ignored]).toEqual([0, 1]);
  });

  it('forgets the answer of a scan that is taken back', () => {
    const desk = run(scan('SN-1'), reply('right', 7));
    expect(happened(desk, { what: 'undone', seq: 6 }).told).not.toBeNull();
    expect(happened(desk, { what: 'undone', seq: 7 }).told).toBeNull();
  });

  it('asks how much it is, and sends the scan again with it before what was read since', () => {
    const asked = run(
      scan('PP2611A'),
      scan('SN-2'),
      reply('wrong', 1, { ask: true, stop: false, line: null }),
    );
    expect([asked.told?.kind, toSend(asked)]).toEqual(['ask', null]);
    const after = happened(asked, { what: 'counted', quantity: 20, client_key: 'k' });
    expect(after.queue).toMatchObject([
      { raw: 'PP2611A', quantity: 20, client_key: 'k' },
      { raw: 'SN-2', quantity: null },
    ]);
    expect(happened(asked, { what: 'acknowledged' }).queue.map((one) => one.raw)).toEqual(['SN-2']);
  });

  it('knows what somebody may let pass', () => {
    const told = (code: string) => run(scan('A'), reply('wrong', 1, { code })).told;
    const kinds = ['task_scan_extra', 'scan_no_place', 'unknown_code'].map((code) => {
      const found = told(code);
      return found && passableAs(found);
    });
    expect(kinds).toEqual(['extra', 'wrong_place', null]);
  });

  it('shows the same answer twice as two', () => {
    const [one, two] = [
      run(scan('A'), reply('right')),
      run(scan('A'), reply('right'), scan('A'), reply('right')),
    ];
    expect(one.told?.at).not.toBe(two.told?.at);
  });
});
