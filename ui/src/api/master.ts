import type { Query } from './http';
import { http } from './http';

/*
 * Master data as every area needs it: for lists, choosing, and names. Changing it is the business of the pages.
 */

/** How finely a product is tracked. */
export type Tracking = 'serial' | 'batch' | 'sku';

/** One line of the capture rule (采集规则); null means every operation, or every place. */
export interface CaptureRule {
  operation: string | null;
  place: string | null;
  mode: 'none' | 'optional' | 'required' | 'automatic';
}

/** A product (产品). */
export interface Product {
  code: string;
  name: string;
  tracking: Tracking;
  batch_managed: boolean;
  shelf_life_days: number | null;
  gtin: string | null;
  unit: string;
  category: string;
  warranty_days: number | null;
  warranty_from: 'activate' | 'ship' | 'store_receive' | 'none';
  warranty_delay_days: number;
  stock_age_days: number | null;
  inspect_on: string[];
  life_cycle: string;
  capture: { rules: CaptureRule[]; outbound_only: boolean; track_only: boolean; pattern: string };
  rule: string | null;
  active: boolean;
  used?: boolean;
  version: number;
}

export const PLACE_KINDS = [
  'site',
  'warehouse',
  'zone',
  'bin',
  'line',
  'station',
  'vehicle',
  'other',
] as const;

/** A place (库位); `path` holds the codes from the root down to it. */
export interface Place {
  code: string;
  name: string;
  kind: (typeof PLACE_KINDS)[number];
  parent: string | null;
  path?: string[];
  active: boolean;
  used?: boolean;
  version: number;
}

export const PARTNER_KINDS = [
  'supplier',
  'dealer',
  'store',
  'customer',
  'person',
  'subcontractor',
  'other',
] as const;

/** A partner (往来单位). */
export interface Partner {
  code: string;
  name: string;
  kind: (typeof PARTNER_KINDS)[number];
  region: string | null;
  regions: string[];
  phone: string | null;
  active: boolean;
  used?: boolean;
  version: number;
}

/** A batch (批次). */
export interface Batch {
  code: string;
  product: string;
  made_on: string | null;
  expires_on: string | null;
  supplier_batch: string | null;
  supplier: string | null;
  used?: boolean;
  version: number;
}

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
