import { useQuery } from '@tanstack/react-query';
import { getGenealogy } from '../../api/genealogy';
import type { Genealogy, PartNode } from '../../api/genealogy';
import { newClientKey } from '../../api/clientKey';
import { postOperation } from '../../api/operations';

/** What lies directly in a package. */
export interface Contents {
  things: PartNode[];
  /** Pieces inside, on all levels. */
  total: number;
}

/** What is in a package now, read to its end. */
export function useContents(code: string) {
  return useQuery({
    queryKey: ['life', code, '', 'contents'],
    queryFn: async ({ signal }): Promise<Contents> => {
      const pages: Genealogy[] = [];
      let after: string | undefined;
      do {
        const page = await getGenealogy(code, { direction: 'down', depth: 1, after, limit: 1000 }, signal);
        pages.push(page);
        after = page.next ?? undefined;
      } while (after !== undefined && pages.length < 20);
      const nodes = pages.flatMap((page) => page.nodes.filter((node) => node.depth === 1));
      return { things: nodes, total: nodes.length };
    },
  });
}

export const postPack = (box: string, code: string, repack: boolean) =>
  postOperation('pack', {
    items: [code],
    data: { into: box, ...(repack && { from_package: true }) },
    client_key: newClientKey(),
  });

export const postUnpack = (codes: string[]) =>
  postOperation('unpack', { items: codes, data: {}, client_key: newClientKey() });

export const postEmpty = (box: string) =>
  postOperation('unpack', { items: [], data: { package: box }, client_key: newClientKey() });
