import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
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
  const root = top?.nodes.find((node) => node.id === top.root);
  const web: Web = webOf(
    [...pages, ...further].map((answer) => ({ answer, depth: DEPTH })),
    direction,
  );
  const read = pages.reduce((sum, page) => sum + page.nodes.length, 0);
  return { first, web, root, total: top?.total ?? 0, read };
}

/** Everything that was ever directly inside. */
export function useEver(code: string, namespace: string | undefined, wanted: boolean): Step[] {
  const { data } = useQuery({
    queryKey: ['life', code, namespace ?? '', 'ever'],
    queryFn: async ({ signal }) => {
      const answer = await getGenealogy(
        code,
        { direction: 'down', ever: true, depth: 1, limit: 1000, namespace },
        signal,
      );
      const root = answer.nodes.find((node) => node.id === answer.root);
      const web = webOf([{ answer, depth: 1 }], 'down');
      return (root && web.steps.get(keyOf(root))) ?? [];
    },
    enabled: wanted,
  });
  return data ?? NOTHING;
}

const NOTHING: Step[] = [];

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
