import { keepPreviousData, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import type { Direction, PartNode } from '../../api/genealogy';
import { getGenealogy } from '../../api/genealogy';
import { getProduct } from '../../api/master';
import type { Step, Web } from './tree';
import { keyOf, webOf } from './tree';

const DEPTH = 2;
const LIMIT = 500;

interface Asked {
  code: string;
  namespace: string | undefined;
  direction: Direction;
  /** RFC 3339; null: now. */
  at: string | null;
  /** Codes of the items that have been opened. */
  open: string[];
}

/** What is inside a thing (or where it went) at a moment, and inside what has been opened. */
export function useWeb({ code, namespace, direction, at, open }: Asked) {
  const first = useInfiniteQuery({
    queryKey: ['life', code, namespace ?? '', 'genealogy', direction, at ?? ''],
    queryFn: ({ pageParam, signal }) =>
      getGenealogy(code, { direction, at, depth: DEPTH, after: pageParam, limit: LIMIT, namespace }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const further = useQueries({
    queries: open.map((one) => ({
      queryKey: ['life', one, '', 'genealogy', direction, at ?? ''],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getGenealogy(one, { direction, at, depth: DEPTH, limit: LIMIT }, signal).then((page) => ({
          pages: [page],
          pageParams: [undefined],
        })),
    })),
    combine: (results) => results.flatMap((result) => result.data?.pages ?? []),
  });
  const pages = first.data?.pages ?? [];
  const top = pages[0];
  const root = top?.nodes.find((node) => String(node.id) === String(top.root));
  const web: Web = webOf(
    [...pages, ...further].map((answer) => ({ answer, depth: DEPTH })),
    direction,
  );
  const read = pages.reduce((sum, page) => sum + page.nodes.length, 0);
  return { first, web, root, total: top?.total ?? 0, read };
}

/** Everything that was ever directly inside, found by asking at each moment when something changed. */
export function useEver(code: string, namespace: string | undefined, moments: string[]): Step[] {
  return useQueries({
    queries: [...moments, null].map((at) => ({
      queryKey: ['life', code, namespace ?? '', 'inside', at ?? ''],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getGenealogy(code, { direction: 'down', at, depth: 1, limit: LIMIT, namespace }, signal),
    })),
    combine: (results) => {
      const found = new Map<string, Step>();
      for (const { data } of results) {
        if (data === undefined) continue;
        const root = data.nodes.find((node) => String(node.id) === String(data.root));
        const web = webOf([{ answer: data, depth: 1 }], 'down');
        for (const step of (root && web.steps.get(keyOf(root))) ?? []) {
          const key = `${keyOf(step.node)}@${step.edge.since}`;
          // An answer as of an earlier moment may not know yet when the stay ended.
          if (found.get(key)?.edge.until == null) found.set(key, step);
        }
      }
      return [...found.values()];
    },
  });
}

/** A function that gives the name of a node's product; its code until the name is known. */
export function useProductNames(nodes: Iterable<PartNode>): (product: string | null) => string {
  const codes = [...new Set([...nodes].flatMap((node) => node.product ?? []))].sort();
  const names = useQueries({
    queries: codes.map((code) => ({
      queryKey: ['products', code],
      queryFn: ({ signal }: { signal: AbortSignal }) => getProduct(code, signal),
      staleTime: 5 * 60_000,
    })),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[data.code, data.name]] : []))),
  });
  return (product) => (product === null ? '' : (names.get(product) ?? product));
}
