import { http } from '../../api/http';
import type { Tracking } from '../../api/master';
import type { Answer } from '../../api/whole';

/** What a change of tracking is to do. */
export interface TrackingWish {
  to: Tracking;
  batch: string | null;
  per_place: boolean;
  rule: string | null;
  scan: boolean;
  reason: string;
  client_key?: string;
}

/** What would be carried over, or what was. */
export type TrackingLook = Answer<'TrackingOut'>;

/** A count that binds codes to the pieces of a product. */
export type TrackingCount = Answer<'CountOut'>;

const path = (product: string) => `/products/${encodeURIComponent(product)}:change-tracking`;

export const lookAtChange = (product: string, wish: TrackingWish) =>
  http.post<TrackingLook>(`${path(product)}?dry_run=true`, wish);
export const changeTracking = (product: string, wish: TrackingWish) =>
  http.post<TrackingLook>(path(product), wish);

export const getCount = (id: string, signal?: AbortSignal) =>
  http.get<TrackingCount>(`/tracking-changes/${encodeURIComponent(id)}`, undefined, signal);
export const bindCodes = (id: string, line: number, codes: string[]) =>
  http.post<Answer<'BoundOut'>>(`/tracking-changes/${encodeURIComponent(id)}/codes`, { line, codes });
export const finishCount = (id: string) =>
  http.post<Answer<'FinishedOut'>>(`/tracking-changes/${encodeURIComponent(id)}:finish`);
export const cancelCount = (id: string) =>
  http.delete<undefined>(`/tracking-changes/${encodeURIComponent(id)}`);
