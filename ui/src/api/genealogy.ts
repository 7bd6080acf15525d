import { http } from './http';

/** Down: what is in it. Up: where it went. */
export type Direction = 'down' | 'up';

/** One thing in a genealogy: an item, or a quantity of a batch or of a product. */
export interface PartNode {
  id: string | number;
  kind: string;
  code: string;
  product: string | null;
  batch: string | null;
  state: string | null;
  place: string | null;
  depth: number;
  marks?: string[];
}

/** One thing inside another, from `since` until `until` (null: still). */
export interface PartEdge {
  parent: string | number;
  child: string | number;
  quantity: number | string;
  since: string;
  until: string | null;
}

/** A part of a genealogy; `total` counts what there is, `next` reads on. */
export interface Genealogy {
  root: string | number;
  nodes: PartNode[];
  edges: PartEdge[];
  next: string | null;
  total: number;
}

/** What is asked of a genealogy. */
export interface GenealogyQuery {
  direction: Direction;
  /** RFC 3339; null: now. */
  at?: string | null;
  depth?: number;
  after?: string | undefined;
  limit?: number;
  namespace?: string | undefined;
}

export const getGenealogy = (code: string, query: GenealogyQuery, signal?: AbortSignal) =>
  http.get<Genealogy>(`/items/${encodeURIComponent(code)}/genealogy`, { ...query }, signal);
