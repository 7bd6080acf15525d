import { describe, expect, it } from 'vitest';
import type { OperationKind } from '../../api/operations';
import type { Known } from './early';
import { refusal } from './early';
import type { Thing } from './model';

const known: Known = {
  cycle: {
    matrix: [
      { key: 'ship', targets: { in_stock: ['shipped'] } },
      { key: 'inspect', targets: { in_stock: ['in_stock'], sold: ['sold'] } },
      { key: 'activate', targets: { shipped: ['sold'] } },
      { key: 'assemble', targets: { in_stock: ['in_stock'] } },
      { key: 'assemble:component', targets: { in_stock: ['built_in'] } },
    ],
  },
  tracking: 'serial',
  outbound: false,
  tracked: false,
};
const kind = (name: string) => ({ name }) as OperationKind;
const say = (code: string) => ({ code, message: code, advice: null });
const thing = (more: Partial<Thing> = {}): Thing => ({
  code: 'SN1',
  kind: 'serial',
  product: 'CY-R800',
  batch: null,
  state: 'in_stock',
  quality: 'released',
  place: 'WH1',
  marks: [],
  ref: 'SN1',
  ...more,
});

describe('the early warning', () => {
  it('lets pass what the posting would take', () => {
    expect(refusal(thing(), kind('ship'), 'item', known, say)).toBeNull();
  });

  it('refuses a state that the life cycle does not start from', () => {
    expect(refusal(thing({ state: 'sold' }), kind('ship'), 'item', known, say)?.code).toBe('wrongState');
  });

  it('refuses held goods for use only', () => {
    const held = thing({ marks: ['held'] });
    expect(refusal(held, kind('ship'), 'item', known, say)?.code).toBe('held');
    expect(refusal(held, kind('inspect'), 'item', known, say)).toBeNull();
    expect(refusal({ ...held, state: 'shipped' }, kind('activate'), 'item', known, say)?.code).toBe('held');
  });

  it('refuses what is not released for use, also as a part, but not the assembly itself', () => {
    const pending = thing({ quality: 'pending' });
    expect(refusal(pending, kind('ship'), 'item', known, say)?.code).toBe('notReleased');
    expect(refusal(pending, kind('assemble'), 'component', known, say)?.code).toBe('notReleased');
    expect(refusal(pending, kind('assemble'), 'item', known, say)).toBeNull();
  });

  it('lets a coded piece be shipped where it is captured only then', () => {
    const coded = thing({ state: 'coded' });
    expect(refusal(coded, kind('ship'), 'item', known, say)?.code).toBe('wrongState');
    expect(refusal(coded, kind('ship'), 'item', { ...known, outbound: true }, say)).toBeNull();
  });

  it('does not judge a part that the life cycle does not draw', () => {
    expect(refusal(thing({ state: 'sold' }), kind('pack'), 'item', known, say)).toBeNull();
  });
});
