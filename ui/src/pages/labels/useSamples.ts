import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listItems } from '../../api/items';

/** Whose data the label shows while it is designed. */
export interface Samples {
  /** Codes that can be leafed through. */
  codes: string[];
  /** The chosen one; null where there is no item yet, and the label shows examples. */
  code: string | null;
  choose: (code: string | null) => void;
  step: ((by: 1 | -1) => void) | undefined;
}

const KEY = 'mazhi.labels.sample';
const MANY = 50;

/** The item whose data the label shows: the last one looked at, else the newest. */
export function useSamples(): Samples {
  const [chosen, setChosen] = useState<string | null>(() => localStorage.getItem(KEY));
  const { data } = useQuery({
    queryKey: ['labels', 'samples'],
    queryFn: async ({ signal }) => {
      // Finished goods first: parts that are built in are rarely what a label is for.
      const inStock = await listItems({ limit: MANY, kind: 'serial', state: 'in_stock' }, signal);
      if (inStock.rows.length > 0) return inStock.rows;
      return (await listItems({ limit: MANY, kind: 'serial' }, signal)).rows;
    },
    staleTime: 60_000,
  });
  const codes = (data ?? []).map((item) => item.code);
  const code = chosen ?? codes[0] ?? null;
  const choose = (next: string | null) => {
    setChosen(next);
    if (next === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  };
  const at = code === null ? -1 : codes.indexOf(code);
  const step = (by: 1 | -1) => {
    const next = codes[(at + by + codes.length) % codes.length];
    if (next !== undefined) choose(next);
  };
  return { codes, code, choose, step: codes.length > 1 ? step : undefined };
}
