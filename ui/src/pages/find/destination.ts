import type { Reading } from '../../api/client';

const at = (path: string, code: string) => `${path}${encodeURIComponent(code)}`;

/** The code of what a reading found. */
export function codeOf(reading: Reading): string | null {
  const { item, product, batch, place, partner } = reading;
  const codes: Record<Reading['kind'], string | null | undefined> = {
    item: item?.code,
    package: item?.code,
    product,
    batch,
    place,
    partner,
    unknown: null,
  };
  return codes[reading.kind] ?? null;
}

/** Where a reading leads: an item to its life, a place to what is in it, a product to its page; null for nowhere. */
export function destinationOf(reading: Reading): string | null {
  const code = codeOf(reading);
  if (code === null) return null;
  switch (reading.kind) {
    case 'item':
    case 'package':
      return at('/items/', code);
    case 'product':
      return at('/products?open=', code);
    case 'batch':
      return `${at('/batches?open=', code)}${at('&of=', reading.product ?? '')}`;
    case 'place':
      return at('/places?open=', code);
    case 'partner':
      return at('/partners?open=', code);
    case 'unknown':
      return null;
  }
}

/** What a scan comes to: one place to go, several to choose from, or none. */
export interface Outcome {
  go: Reading | null;
  choices: Reading[];
}

/** Decide where to go. A guess by a near miss is never gone to by itself. */
export function decide(readings: Reading[]): Outcome {
  const known = readings.filter((reading) => destinationOf(reading) !== null);
  const sure = known.filter((reading) => reading.via !== 'near_miss');
  const places = new Set(sure.map(destinationOf));
  const first = sure[0];
  // An item is more than the product or batch that the same code names.
  const items = sure.filter((reading) => reading.item !== null);
  const onlyItem = items.length === 1 && first === items[0];
  if (first !== undefined && (places.size === 1 || onlyItem)) return { go: first, choices: [] };
  return { go: null, choices: known };
}
