import type { StockRow } from '../../api/client';

/** What the balances are put together by. */
export const GROUPINGS = ['product', 'place', 'state'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Balances that belong together, with what they add up to. */
export interface StockGroup {
  /** Code of the product, place or state; '' where there is none. */
  key: string;
  rows: StockRow[];
  quantity: number;
  /** Of that, what is in stock. */
  inStock: number;
  /** Of that, what a mark blocks. */
  blocked: number;
  /** How much there is in each state, the most first. */
  states: { state: string; quantity: number }[];
}

/** Quantities have at most six decimals; adding them up must not show more. */
export function sum(rows: readonly { quantity: number }[]): number {
  return Math.round(rows.reduce((total, row) => total + row.quantity * 1e6, 0)) / 1e6;
}

/** What is in stock, as against under way, sold or gone. */
export function inStock(rows: readonly StockRow[]): number {
  return sum(rows.filter((row) => row.state === 'in_stock'));
}

/** Put balances together and add them up, the largest first; what has no key comes last. */
export function grouped(rows: readonly StockRow[], by: Grouping): StockGroup[] {
  const groups = new Map<string, StockRow[]>();
  for (const row of rows) {
    const key = row[by] ?? '';
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .map(([key, members]) => ({
      key,
      rows: [...members].sort(inOrder),
      quantity: sum(members),
      inStock: inStock(members),
      blocked: sum(members.filter((row) => row.blocked)),
      states: byState(members),
    }))
    .sort(
      (a, b) =>
        Number(a.key === '') - Number(b.key === '') || b.quantity - a.quantity || a.key.localeCompare(b.key),
    );
}

function inOrder(a: StockRow, b: StockRow): number {
  const words = (row: StockRow) => [row.product ?? '', row.place ?? '\uffff', row.batch ?? '', row.state];
  const [one, other] = [words(a), words(b)];
  for (let place = 0; place < one.length; place += 1) {
    const order = (one[place] ?? '').localeCompare(other[place] ?? '');
    if (order !== 0) return order;
  }
  return b.quantity - a.quantity;
}

function byState(rows: readonly StockRow[]): StockGroup['states'] {
  const states = new Map<string, StockRow[]>();
  for (const row of rows) states.set(row.state, [...(states.get(row.state) ?? []), row]);
  return [...states]
    .map(([state, members]) => ({ state, quantity: sum(members) }))
    .sort((a, b) => b.quantity - a.quantity);
}

/** The address of the list of items behind a balance. */
export function itemsBehind(row: Pick<StockRow, 'product' | 'batch' | 'place' | 'state'>): string {
  const query = new URLSearchParams();
  for (const name of ['product', 'batch', 'place', 'state'] as const) {
    const value = row[name];
    if (value !== null && value !== '') query.set(name, value);
  }
  return `/items?${query.toString()}`;
}
