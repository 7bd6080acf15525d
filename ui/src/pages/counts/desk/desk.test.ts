import { describe, expect, it } from 'vitest';
import type { CountLine, CountScan } from '../calls';
import type { Desk } from './desk';
import { EMPTY, happened, kindOf, toSend } from './desk';

const LINE: CountLine = {
  seq: 7,
  round: 1,
  place: 'A-01',
  item: 'RO0025',
  product: 'CY-R800',
  batch: null,
  quantity: 1,
  raw: 'RO0025',
  counted: true,
  answer: 'right',
  actor: 'chen',
  at: '2026-11-22T10:00:00+08:00',
};

function reply(more: Partial<CountScan>, line: Partial<CountLine> | null = {}): CountScan {
  const said = {
    answer: 'right',
    place: 'A-01',
    code: '',
    message: '',
    advice: '',
    params: {},
    done: 1,
  } as const;
  return { ...said, expected: null, line: line === null ? null : { ...LINE, ...line }, ...more };
}

const scanned = (desk: Desk, raw: string, quantity: number | null = null) =>
  happened(desk, { what: 'scanned', scanned: { raw, quantity, place: null, client_key: raw } });

describe('the counting desk', () => {
  it('goes to the place that was scanned, and stays there for the next', () => {
    const there = happened(scanned(EMPTY, 'A-02'), {
      what: 'answered',
      reply: reply({ answer: 'place', place: 'A-02' }, null),
    });
    expect([there.place, there.told?.kind, there.stopped]).toEqual(['A-02', 'place', false]);
  });

  it('goes on past what is written down, and stops at what is not', () => {
    const noted = happened(scanned(EMPTY, 'X'), {
      what: 'answered',
      reply: reply({ answer: 'wrong', code: 'count_surplus' }),
    });
    expect([noted.told?.kind, noted.stopped]).toEqual(['noted', false]);
    const wrong = happened(scanned(EMPTY, 'X'), {
      what: 'answered',
      reply: reply({ answer: 'wrong', code: 'count_not_counted' }, { counted: false }),
    });
    expect([wrong.told?.kind, wrong.stopped]).toEqual(['wrong', true]);
    const more = scanned(wrong, 'Y');
    expect([more.queue.length, more.ignored, toSend(more)]).toEqual([0, 1, null]);
    expect(happened(more, { what: 'acknowledged' }).stopped).toBe(false);
  });

  it('takes a package for its pieces: it does not count itself', () => {
    const box = { answer: 'wrong', code: 'count_box', params: { pieces: 12 } } as const;
    expect(kindOf(reply(box, { counted: false, item: null, product: null }))).toBe('noted');
    const told = happened(scanned(EMPTY, 'BOX'), {
      what: 'answered',
      reply: reply(box, { counted: false }),
    }).told;
    expect(told?.box).toBe(12);
  });

  it('asks how many of goods without numbers, unless it was said', () => {
    const goods = reply({}, { item: null, product: 'SCREW' });
    expect(happened(scanned(EMPTY, 'SCREW'), { what: 'answered', reply: goods }).told?.ask).toBe(true);
    expect(happened(scanned(EMPTY, 'SCREW', 120), { what: 'answered', reply: goods }).told?.ask).toBe(false);
  });

  it('keeps the place of what was read before while that is on its way', () => {
    const here: Desk = { ...EMPTY, place: 'A-01' };
    expect(happened(scanned(here, 'X'), { what: 'went', place: 'A-02' }).place).toBe('A-01');
    expect(happened(here, { what: 'went', place: 'A-02' }).place).toBe('A-02');
  });

  it('sends what was amended before everything that was read since', () => {
    const amended = { raw: 'SCREW', quantity: 120, place: 'A-01', client_key: 'k' };
    const desk = happened(scanned(EMPTY, 'NEXT'), { what: 'amended', scanned: amended });
    expect(desk.queue.map((one) => one.raw)).toEqual(['SCREW', 'NEXT']);
  });
});
