import { http } from './http';
import type { Answer } from './whole';

/** Down: what is in it. Up: where it went. */
export type Direction = 'down' | 'up';

/** One thing in a genealogy: an item, or a quantity of a batch or of a product. */
export type PartNode = Answer<'NodeOut'>;

/** One thing inside another, from `since` until `until` (null: still). */
export type PartEdge = Answer<'EdgeOut'>;

/** A page of a genealogy; `total` counts everything, the root included; `next` reads on. */
export type Genealogy = Answer<'GenealogyOut'>;

/** What is asked of a genealogy. */
export interface GenealogyQuery {
  direction: Direction;
  /** RFC 3339; null: now. */
  at?: string | null;
  /** All that ever was inside, whatever `at` says. */
  ever?: boolean;
  depth?: number;
  after?: string | undefined;
  limit?: number;
  namespace?: string | undefined;
}

export const getGenealogy = (code: string, query: GenealogyQuery, signal?: AbortSignal) =>
  http.get<Genealogy>(`/items/${encodeURIComponent(code)}/genealogy`, { ...query }, signal);
