import type { ScanRow } from './model';
import { counts } from './model';

/** One line of what has been counted: a product, with the batch where goods have one. */
export interface ProductCount {
  product: string | null;
  batch: string | null;
  pieces: number;
  /** Of goods: the quantity. */
  quantity: number | null;
}

/** What a list of scans comes to. */
export interface Summary {
  /** Serial pieces and packages that count. */
  pieces: number;
  /** Lines of goods that count. */
  lines: number;
  quantity: number;
  posted: number;
  /** Wait for a person to say which item is meant. */
  ask: number;
  wrong: number;
  again: number;
  refused: number;
  checking: number;
  unchecked: number;
  products: ProductCount[];
}

/** Count the rows of a draft. */
export function summarize(rows: ScanRow[]): Summary {
  const sum: Summary = {
    pieces: 0,
    lines: 0,
    quantity: 0,
    posted: 0,
    ask: 0,
    wrong: 0,
    again: 0,
    refused: 0,
    checking: 0,
    unchecked: 0,
    products: [],
  };
  const products = new Map<string, ProductCount>();
  for (const row of rows) {
    if (row.status !== 'right') sum[row.status] += 1;
    if (!counts(row) && row.status !== 'posted') continue;
    if (row.goods) {
      sum.lines += 1;
      sum.quantity += Number(row.goods.quantity);
    } else sum.pieces += 1;
    add(products, row);
  }
  sum.products = [...products.values()];
  return sum;
}

function add(products: Map<string, ProductCount>, row: ScanRow): void {
  const product = row.goods?.product ?? row.thing?.product ?? null;
  const batch = row.goods?.batch ?? null;
  const key = `${product ?? ''}\n${batch ?? ''}\n${row.goods ? 'goods' : ''}`;
  const line = products.get(key) ?? { product, batch, pieces: 0, quantity: row.goods ? 0 : null };
  if (row.goods) line.quantity = (line.quantity ?? 0) + Number(row.goods.quantity);
  else line.pieces += 1;
  products.set(key, line);
}

/** Take a pasted text apart into codes: by line breaks, tabs, blanks, commas, semicolons, also full-width ones. */
export function splitCodes(text: string): string[] {
  return text.split(/[\s,，、;；\u3000]+/).filter((code) => code !== '');
}
