import type { Query } from './http';
import { http } from './http';
import type { Answer } from './whole';

/** An item with all that is known of it now. */
export type ItemDetail = Answer<'ItemOut'>;

/** One row of a life history. */
export type LifeEvent = Answer<'LifeEvent'>;

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
