import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { http } from '../../api/http';
import { getHistory, getItem } from '../../api/items';
import { getPartner, getPlace, getProduct } from '../../api/master';

/** The item behind an identifier. */
export function useItem(code: string, namespace: string | undefined) {
  return useQuery({
    queryKey: ['life', code, namespace ?? '', 'item'],
    queryFn: ({ signal }) => getItem(code, namespace, signal),
  });
}

/** Its life, oldest first, in parts of 500 events. */
export function useLife(code: string, namespace: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['life', code, namespace ?? '', 'history'],
    queryFn: ({ pageParam, signal }) => getHistory(code, namespace, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

const LONG = 5 * 60_000;

/** The product of an item. */
export function useProduct(code: string | null) {
  return useQuery({
    queryKey: ['products', code],
    queryFn: ({ signal }) => getProduct(code ?? '', signal),
    enabled: code !== null,
    staleTime: LONG,
  });
}

/** A function that gives the name of a place or a partner; its code until the name is known. */
export function useNames(places: string[], partners: string[]): (code: string) => string {
  const found = useQueries({
    queries: [
      ...places.map((code) => ({
        queryKey: ['places', code],
        queryFn: ({ signal }: { signal: AbortSignal }) => getPlace(code, signal),
        staleTime: LONG,
      })),
      ...partners.map((code) => ({
        queryKey: ['partners', code],
        queryFn: ({ signal }: { signal: AbortSignal }) => getPartner(code, signal),
        staleTime: LONG,
      })),
    ],
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data ? [[data.code, data.name] as const] : []))),
  });
  return (code) => found.get(code) ?? code;
}

/** One way in which a rule can have made a code. */
export interface Meaning {
  rule: string;
  name: string;
  version: number;
  in_force: boolean;
  parts: { segment: number | string; kind: string; text: string; meaning: string }[];
}

/** Take a code apart into what its segments say. */
export function useMeaning(code: string) {
  return useQuery({
    queryKey: ['life', code, 'meaning'],
    queryFn: () => http.post<{ readings: Meaning[] }>('/code-rules:decode', { code }),
    staleTime: LONG,
    retry: false,
  });
}
