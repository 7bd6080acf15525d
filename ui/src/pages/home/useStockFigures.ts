import { useQuery } from '@tanstack/react-query';
import { getStock } from '../../api/client';
import type { Place } from '../../api/master';
import { listPlaces, listProducts } from '../../api/master';
import { useMay } from '../../api/session';

const PAGE = 1000;
const MOST_PAGES = 5;

async function somePlaces(signal: AbortSignal): Promise<Place[]> {
  const all: Place[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: Awaited<ReturnType<typeof listPlaces>> = await listPlaces({ after, limit: PAGE }, signal);
    all.push(...answer.rows);
    after = answer.next;
    if (after === null) break;
  }
  return all;
}

/** The stock of pieces with a number of their own, and the places that they lie in. */
export function useStockFigures() {
  const may = useMay();
  return useQuery({
    queryKey: ['stock', 'home'],
    enabled: may('items.view'),
    staleTime: 30_000,
    queryFn: async ({ signal }) => {
      const [stock, serial, places] = await Promise.all([
        getStock(undefined, signal),
        listProducts({ tracking: 'serial', limit: PAGE }, signal),
        somePlaces(signal),
      ]);
      const pieces = new Set(serial.rows.map((product) => product.code));
      return {
        rows: stock.rows.filter((row) => row.product !== null && pieces.has(row.product)),
        any: stock.rows.length > 0,
        places,
      };
    },
  });
}
