import { describe, expect, it } from 'vitest';
import type { OperationBody, Outcome } from '../../api/operations';
import { ProblemError } from '../../api/problem';
import type { Draft } from './model';
import type { Told } from './pretend';
import { deskFor, offline, statuses } from './pretend';
import type { DeskWorld } from './world';

describe('posting', () => {
  async function scanned(told: Told, ...codes: string[]) {
    told.desk.setFields({ place: 'WH1' });
    for (const code of codes) told.desk.scan(code);
    await told.desk.recheck();
  }

  it('sends what counts and starts afresh', async () => {
    const told = deskFor();
    await scanned(told, 'SN1', '?', 'SN2', 'M4');
    await told.desk.post('all');
    expect(told.sent[0]).toMatchObject({
      items: [
        { identifier: 'SN1', namespace: 'own' },
        { identifier: 'SN2', namespace: 'own' },
      ],
      quantities: [{ product: 'M4', batch: null, quantity: '1' }],
      place: 'WH1',
      mode: 'all',
      client_key: 'key-1',
    });
    expect(told.desk.state.draft.rows).toEqual([]);
    expect(told.desk.state.done).toMatchObject({ event: 7, codes: ['SN1', 'SN2'] });
  });

  it('puts every refusal at its row, changes nothing, and posts the good ones when asked to', async () => {
    const refusal = {
      pointer: '/items/1',
      item: 'SN2',
      code: 'held',
      message: '冻结',
      advice: '先解冻',
      params: {},
    };
    const answers: (() => Promise<Outcome>)[] = [
      () =>
        Promise.reject(
          new ProblemError({ status: 409, code: 'operation_refused', title: '没有过账', errors: [refusal] }),
        ),
      () => Promise.resolve({ event: 8, accepted: 1, refused: [refusal], remarks: [] }),
    ];
    const keys: (string | undefined)[] = [];
    const told = deskFor(
      {},
      {
        post: (_kind, body) => {
          keys.push(body.client_key);
          return answers.shift()!();
        },
      },
    );
    await scanned(told, 'SN1', 'SN2');
    await told.desk.post('all');
    expect(statuses(told.desk)).toEqual(['right', 'refused']);
    expect(told.desk.state.draft.rows[1]?.reason).toEqual({
      code: 'held',
      message: '冻结',
      advice: '先解冻',
    });
    await told.desk.post('partial');
    expect(statuses(told.desk)).toEqual(['refused']);
    expect(told.desk.state.done).toMatchObject({ accepted: 1, refused: 1, codes: ['SN1'] });
    expect(keys).toEqual(['key-1', 'key-2']);
  });

  it('sends exactly the same again after a lost answer, also after a reload', async () => {
    const bodies: string[] = [];
    let lost = true;
    const post = (_kind: string, body: OperationBody) => {
      bodies.push(JSON.stringify(body));
      return lost
        ? Promise.reject(offline())
        : Promise.resolve({ event: 9, accepted: 1, refused: [], remarks: [] });
    };
    const told = deskFor({}, { post });
    await scanned(told, 'SN1');
    await told.desk.post('all');
    expect(told.desk.state.draft.pending).not.toBeNull();

    lost = false;
    const kept = JSON.parse(JSON.stringify(told.saved.at(-1))) as Draft;
    const reloaded = deskFor({}, { post }, kept);
    reloaded.desk.scan('SN2');
    await reloaded.desk.post('all');
    expect(bodies[1]).toBe(bodies[0]);
    expect(reloaded.desk.state.draft.pending).toBeNull();
    expect(reloaded.desk.state.draft.rows.map((row) => row.raw)).toEqual(['SN2']);
  });

  it('waits for scans that could not be looked up', async () => {
    const told = deskFor({}, { check: () => Promise.reject(offline()) });
    await scanned(told, 'SN1');
    await told.desk.post('all');
    expect(told.sent).toEqual([]);
    expect(told.desk.state.problem?.code).toBe('offline');
  });
});

describe('posting each scan at once', () => {
  function immediate(change: Partial<DeskWorld> = {}) {
    const told = deskFor({ place: 'optional' }, change);
    told.desk.setImmediate(true);
    return told;
  }

  it('posts each by itself, and a second scan of the same code not at all', async () => {
    const told = immediate();
    told.desk.scan('SN1');
    told.desk.scan('SN1');
    told.desk.scan('SN2');
    await told.desk.recheck();
    expect(told.sent.map((body) => [body.items, body.client_key])).toEqual([
      [['SN1'], 'key-1'],
      [['SN2'], 'key-2'],
    ]);
    expect(statuses(told.desk)).toEqual(['posted', 'again', 'posted']);
  });

  it('shows why one was refused', async () => {
    const errors = [
      { pointer: '/items/0', item: 'SN1', code: 'wrong_state', message: '已售出', advice: '看履历' },
    ];
    const told = immediate({
      post: () =>
        Promise.reject(new ProblemError({ status: 409, code: 'operation_refused', title: '', errors })),
    });
    told.desk.scan('SN1');
    await told.desk.recheck();
    expect(told.desk.state.draft.rows[0]).toMatchObject({ status: 'wrong', reason: { message: '已售出' } });
  });

  it('repeats with the same key what was not answered', async () => {
    const keys: (string | undefined)[] = [];
    let lost = true;
    const told = immediate({
      post: (_kind, body) => {
        keys.push(body.client_key);
        return lost
          ? Promise.reject(offline())
          : Promise.resolve({ event: 3, accepted: 1, refused: [], remarks: [] });
      },
    });
    told.desk.scan('SN1');
    await told.desk.recheck();
    lost = false;
    await told.desk.recheck();
    expect(new Set(keys)).toEqual(new Set(['key-1']));
    expect(statuses(told.desk)).toEqual(['posted']);
  });

  it('can be undone by a correction', async () => {
    const told = immediate();
    told.desk.scan('SN1');
    await told.desk.recheck();
    await told.desk.takeBack(told.desk.state.draft.rows[0]!);
    expect(told.sent[1]).toMatchObject({ items: ['SN1'], data: { event: 7 } });
    expect(told.desk.state.draft.rows).toEqual([]);
  });
});
