import { describe, expect, it } from 'vitest';
import type { StockRow } from '../../api/client';
import type { Place } from '../../api/master';
import { figuresOf, warehousesOf } from './figures';

const row = (state: string, quantity: number, more: Partial<StockRow> = {}): StockRow => ({
  product: 'CY-R800',
  batch: null,
  place: 'A-1',
  state,
  quality: 'released',
  owner: null,
  blocked: false,
  quantity,
  ...more,
});

const place = (code: string, kind: Place['kind'], path: string[]): Place => ({
  code,
  name: code,
  kind,
  parent: null,
  path,
  active: true,
  used: false,
  version: 1,
});

describe('figures of the home page', () => {
  it('count what may be shipped apart from what waits or is held', () => {
    const rows = [
      row('in_stock', 5),
      row('in_stock', 2, { quality: 'pending' }),
      row('in_stock', 1, { blocked: true }),
    ];
    expect(figuresOf(rows)).toMatchObject({ house: 8, ready: 5, pending: 2, blocked: 1, live: 8 });
  });

  it('leave what is gone out of the denominator', () => {
    expect(figuresOf([row('sold', 3), row('scrapped', 9), row('lost', 1)]).live).toBe(3);
  });

  it('add up to the whole', () => {
    const rows = [
      'coded',
      'in_stock',
      'picked',
      'shipped',
      'at_dealer',
      'sold',
      'on_loan',
      'returned',
      'our_own_state',
    ];
    const { before, house, channel, sold, service, live } = figuresOf(
      rows.map((state, index) => row(state, index + 1)),
    );
    expect(before + house + channel + sold + service).toBe(live);
    expect(before).toBe(1 + 9);
  });

  it('add bins up to their warehouse', () => {
    const places = [
      place('NB', 'site', ['NB']),
      place('WH1', 'warehouse', ['NB', 'WH1']),
      place('A-1', 'bin', ['NB', 'WH1', 'A-1']),
      place('A-2', 'bin', ['NB', 'WH1', 'A-2']),
    ];
    const rows = [row('in_stock', 5), row('picked', 2, { place: 'A-2' }), row('sold', 4, { place: null })];
    expect(warehousesOf(rows, places)).toEqual([
      { code: 'WH1', name: 'WH1', total: 7, ready: 5, waiting: 0, blocked: 0, underWay: 2 },
    ]);
  });
});
