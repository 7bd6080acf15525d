import { describe, expect, it } from 'vitest';
import type { StockRow } from '../../api/client';
import { grouped, itemsBehind, sum } from './groups';

const row = (part: Partial<StockRow>): StockRow => ({
  product: 'P1',
  batch: null,
  place: 'WH1',
  state: 'in_stock',
  quality: 'released',
  owner: null,
  blocked: false,
  quantity: 1,
  ...part,
});

describe('stock in groups', () => {
  it('adds up without the noise of binary fractions', () => {
    expect(sum([row({ quantity: 0.1 }), row({ quantity: 0.2 })])).toBe(0.3);
  });

  it('puts the largest group first and what has no key last', () => {
    const groups = grouped(
      [row({ quantity: 2 }), row({ product: 'P2', quantity: 5 }), row({ product: null, quantity: 9 })],
      'product',
    );
    expect(groups.map((group) => [group.key, group.quantity])).toEqual([
      ['P2', 5],
      ['P1', 2],
      ['', 9],
    ]);
  });

  it('says how much of a group is blocked and how it is spread over the states', () => {
    const [group] = grouped(
      [
        row({ quantity: 3 }),
        row({ blocked: true, quantity: 2 }),
        row({ state: 'sold', place: null, quantity: 7 }),
      ],
      'product',
    );
    expect(group?.blocked).toBe(2);
    expect(group?.states).toEqual([
      { state: 'sold', quantity: 7 },
      { state: 'in_stock', quantity: 5 },
    ]);
  });

  it('leads to the items behind a balance', () => {
    expect(itemsBehind(row({ batch: 'B1' }))).toBe('/items?product=P1&batch=B1&place=WH1&state=in_stock');
  });
});
