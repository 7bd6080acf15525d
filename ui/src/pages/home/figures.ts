import type { StockRow } from '../../api/client';
import type { Place } from '../../api/master';

/** The figures of the home page, counted over pieces with a number of their own. */
export interface Figures {
  /** Coded but not received yet, and whatever a life cycle of the user's own adds. */
  before: number;
  /** In the warehouses: in stock, picked or issued. */
  house: number;
  underWay: number;
  ready: number;
  pending: number;
  blocked: number;
  channel: number;
  shipped: number;
  sold: number;
  service: number;
  inRepair: number;
  /** All that are still about: not scrapped, lost or built in. */
  live: number;
}

const GONE = new Set(['scrapped', 'lost', 'built_in']);
const CHANNEL = new Set(['shipped', 'at_dealer']);
const USER = new Set(['sold', 'on_loan']);
const SERVICE = new Set(['returned', 'in_repair']);
const HOUSE = new Set(['in_stock', 'picked', 'issued']);

const sum = (rows: StockRow[], fits: (row: StockRow) => boolean) =>
  rows.reduce((total, row) => total + (fits(row) ? row.quantity : 0), 0);

const isReady = (row: StockRow) =>
  row.state === 'in_stock' && !row.blocked && (row.quality === 'released' || row.quality === 'concession');

/** Add up the stock of serial goods. */
export function figuresOf(rows: StockRow[]): Figures {
  const live = sum(rows, (row) => !GONE.has(row.state));
  const house = sum(rows, (row) => HOUSE.has(row.state));
  const channel = sum(rows, (row) => CHANNEL.has(row.state));
  const sold = sum(rows, (row) => USER.has(row.state));
  const service = sum(rows, (row) => SERVICE.has(row.state));
  return {
    // The five parts of the strip add up to its denominator.
    before: live - house - channel - sold - service,
    house,
    channel,
    sold,
    service,
    live,
    underWay: sum(rows, (row) => row.state === 'picked' || row.state === 'issued'),
    ready: sum(rows, isReady),
    pending: sum(rows, (row) => row.state === 'in_stock' && row.quality === 'pending'),
    blocked: sum(rows, (row) => row.blocked && !GONE.has(row.state)),
    shipped: sum(rows, (row) => row.state === 'shipped'),
    inRepair: sum(rows, (row) => row.state === 'in_repair'),
  };
}

/** What stands in one warehouse. */
export interface Warehouse {
  code: string;
  name: string;
  total: number;
  ready: number;
  waiting: number;
  blocked: number;
  underWay: number;
}

/** Add up the stock by the warehouse that each place lies in; the fullest first. */
export function warehousesOf(rows: StockRow[], places: Place[]): Warehouse[] {
  const known = new Map(places.map((place) => [place.code, place]));
  const found = new Map<string, Warehouse>();
  for (const row of rows) {
    if (row.place === null || !HOUSE.has(row.state)) continue;
    const path = known.get(row.place)?.path ?? [row.place];
    const code = path.find((one) => known.get(one)?.kind === 'warehouse') ?? path[0] ?? row.place;
    const house = found.get(code) ?? {
      code,
      name: known.get(code)?.name ?? code,
      total: 0,
      ready: 0,
      waiting: 0,
      blocked: 0,
      underWay: 0,
    };
    house.total += row.quantity;
    if (row.blocked) house.blocked += row.quantity;
    else if (row.state !== 'in_stock') house.underWay += row.quantity;
    else if (isReady(row)) house.ready += row.quantity;
    else house.waiting += row.quantity;
    found.set(code, house);
  }
  return [...found.values()].sort((a, b) => b.total - a.total);
}
