import type { Item } from './client';
import type { Query } from './http';
import { http } from './http';

/** An item with all that is known of it now. */
export interface ItemDetail extends Omit<Item, 'state'> {
  /** Null where even its birth was taken back. */
  state: string | null;
  mark_causes?: { mark: string; cause: string; event: number }[];
}

/** One row of a life history. */
export interface LifeEvent {
  seq: number;
  operation: string;
  occurred_at: string;
  recorded_at: string;
  actor: string;
  device?: string;
  from: { state: string | null; place: string | null };
  to: { state: string | null; place: string | null };
  partner?: string | null;
  document: string | null;
  event: number;
  note: string;
  data: Record<string, unknown>;
}

/** One value measured at an inspection. */
export interface MeasuredValue {
  name: string;
  value: string;
  unit?: string;
  limit?: string;
  ok?: boolean;
}

const one = (code: string) => `/items/${encodeURIComponent(code)}`;

export const getItem = (code: string, namespace: string | undefined, signal?: AbortSignal) =>
  http.get<ItemDetail>(one(code), { namespace }, signal);

export const getHistory = (
  code: string,
  namespace: string | undefined,
  after: number | undefined,
  signal?: AbortSignal,
) =>
  http.get<{ events: LifeEvent[]; next: number | null }>(
    `${one(code)}/history`,
    { namespace, after, limit: 500 },
    signal,
  );

export const listItems = async (query: Query, signal?: AbortSignal) => {
  const answer = await http.get<{ items: ItemDetail[]; next: string | null }>('/items', query, signal);
  return { rows: answer.items, next: answer.next };
};
