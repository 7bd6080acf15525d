import type { Query } from './http';
import { http } from './http';
import type { Answer } from './whole';

/*
 * Master data as every area needs it: for lists, choosing, and names. Changing it is the business of the pages.
 */

/** How finely a product is tracked. */
export type Tracking = Product['tracking'];

/** A product (产品). */
export type Product = Answer<'ProductAnswer'>;

export const PLACE_KINDS = [
  'site',
  'warehouse',
  'zone',
  'bin',
  'line',
  'station',
  'vehicle',
  'other',
] as const satisfies readonly Place['kind'][];

/** A place (库位); `path` holds the codes from the root down to it. */
export type Place = Answer<'PlaceAnswer'>;

export const PARTNER_KINDS = [
  'supplier',
  'dealer',
  'store',
  'customer',
  'person',
  'subcontractor',
  'other',
] as const satisfies readonly Partner['kind'][];

/** A partner (往来单位). */
export type Partner = Answer<'PartnerAnswer'>;

/** A batch (批次). */
export type Batch = Answer<'BatchAnswer'>;

/** One page of rows, whatever they are called in the answer. */
export interface Listed<Row> {
  rows: Row[];
  next: string | null;
}

/** Turn a list answer, whose rows have a name of their own, into what tables and pickers take. */
export async function listed(
  name: string,
  path: string,
  query: Query,
  signal?: AbortSignal,
): Promise<Listed<unknown>> {
  const answer = await http.get<Record<string, unknown>>(path, query, signal);
  return { rows: answer[name] as unknown[], next: (answer['next'] ?? null) as string | null };
}

export const listProducts = (query: Query, signal?: AbortSignal) =>
  listed('products', '/products', query, signal) as Promise<Listed<Product>>;
export const listPlaces = (query: Query, signal?: AbortSignal) =>
  listed('places', '/places', query, signal) as Promise<Listed<Place>>;
export const listPartners = (query: Query, signal?: AbortSignal) =>
  listed('partners', '/partners', query, signal) as Promise<Listed<Partner>>;
export const listBatches = (query: Query, signal?: AbortSignal) =>
  listed('batches', '/batches', query, signal) as Promise<Listed<Batch>>;

export const getProduct = (code: string, signal?: AbortSignal) =>
  http.get<Product>(`/products/${encodeURIComponent(code)}`, undefined, signal);
export const getPlace = (code: string, signal?: AbortSignal) =>
  http.get<Place>(`/places/${encodeURIComponent(code)}`, undefined, signal);
export const getPartner = (code: string, signal?: AbortSignal) =>
  http.get<Partner>(`/partners/${encodeURIComponent(code)}`, undefined, signal);
