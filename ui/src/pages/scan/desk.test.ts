import { describe, expect, it } from 'vitest';
import { DWELL } from './answering';
import { deskFor, offline, readingsOf, statuses } from './pretend';

describe('scanning', () => {
  it('counts what is right, not what is wrong, and nothing twice', async () => {
    const { desk, sounds } = deskFor();
    for (const raw of ['SN1', '?', 'SN1', 'SN2']) desk.scan(raw);
    await desk.recheck();
    expect(statuses(desk)).toEqual(['right', 'wrong', 'again', 'right']);
    expect(sounds).toEqual(['right', 'wrong', 'again', 'right']);
    expect(desk.state.draft.rows[1]?.reason?.message).toBe('没有 ?');
  });

  it('loses none of a burst and answers in order, however long look-ups take', async () => {
    const { desk } = deskFor(
      {},
      {
        check: async (raw) => {
          await new Promise((resolve) => setTimeout(resolve, Number(raw.slice(2)) % 7));
          return readingsOf(raw);
        },
      },
    );
    const codes = Array.from({ length: 60 }, (_, index) => `SN${index}`);
    for (const code of codes) desk.scan(code);
    expect(desk.state.draft.rows).toHaveLength(60);
    await desk.recheck();
    expect(desk.state.draft.rows.map((row) => row.thing?.code)).toEqual(codes);
    expect(new Set(statuses(desk))).toEqual(new Set(['right']));
  });

  it('keeps a wrong answer in sight while right ones follow at machine speed', async () => {
    let at = 0;
    const { desk } = deskFor({}, { now: () => at });
    desk.scan('?');
    await desk.recheck();
    at += DWELL - 1;
    desk.scan('SN1');
    await desk.recheck();
    expect(desk.state.answer?.kind).toBe('wrong');
    at += DWELL;
    desk.scan('SN2');
    await desk.recheck();
    expect(desk.state.answer?.kind).toBe('right');
  });

  it('keeps scans that could not be looked up, and looks them up later', async () => {
    let online = false;
    const { desk } = deskFor(
      {},
      { check: (raw) => (online ? Promise.resolve(readingsOf(raw)) : Promise.reject(offline())) },
    );
    desk.scan('SN1');
    await desk.recheck();
    expect(statuses(desk)).toEqual(['unchecked']);
    online = true;
    await desk.recheck();
    expect(statuses(desk)).toEqual(['right']);
  });

  it('answers a pasted list once', async () => {
    const { desk, sounds } = deskFor();
    desk.paste(['SN1', '?', 'SN1']);
    await desk.recheck();
    expect(sounds).toEqual(['wrong']);
    expect(desk.state.answer?.text).toEqual({ key: 'pasted', values: { right: 1, wrong: 1, again: 1 } });
  });

  it('takes a place for the place, but not in the middle of the pieces', async () => {
    const { desk } = deskFor();
    desk.scan('WH1');
    desk.scan('SN1');
    desk.scan('WH2');
    await desk.recheck();
    expect(desk.state.draft.fields.place).toBe('WH1');
    expect(statuses(desk)).toEqual(['right', 'wrong']);
    desk.moveAll(3, 'WH2');
    expect(desk.state.draft.fields.place).toBe('WH2');
    expect(statuses(desk)).toEqual(['right']);
  });

  it('asks how many of goods, and adds one for each further scan', async () => {
    const { desk } = deskFor();
    desk.scan('M4');
    await desk.recheck();
    const id = desk.state.asking ?? 0;
    desk.setQuantity(id, '500');
    desk.scan('M4');
    await desk.recheck();
    expect(desk.state.draft.rows.map((row) => row.goods?.quantity)).toEqual(['501']);
  });

  it('does not take a product code for a piece', async () => {
    const { desk } = deskFor();
    desk.scan('EAN');
    await desk.recheck();
    expect(desk.state.draft.rows[0]?.reason?.code).toBe('scanSerial');
  });

  it('lets a person agree to what was found by its ending', async () => {
    const { desk } = deskFor();
    desk.scan('LAST');
    await desk.recheck();
    const [row] = desk.state.draft.rows;
    expect(row?.status).toBe('ask');
    desk.choose(row!.id, row!.candidates![0]!);
    expect(statuses(desk)).toEqual(['right']);
  });

  it('fills the box first, then the contents', async () => {
    const into = {
      name: 'into',
      kind: 'item' as const,
      zh: '箱',
      en: 'Box',
      required: true,
      choices: [],
      example: null,
    };
    const { desk, sent } = deskFor({ name: 'pack', place: 'optional', data: [into] });
    desk.scan('SN-BOX');
    desk.scan('SN1');
    await desk.recheck();
    await desk.post('all');
    expect(sent[0]?.data).toEqual({ into: { identifier: 'SN-BOX', namespace: 'own' } });
    expect(sent[0]?.items).toEqual([{ identifier: 'SN1', namespace: 'own' }]);
  });
});
