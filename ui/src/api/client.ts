import type { Query } from './http';
import { http } from './http';
import type { ProblemItem } from './problem';
import type { SessionUser } from './session';

/*
 * The calls that more than one page makes. A page's own calls stand in `pages/<area>/calls.ts`, in the same style:
 * one function per call, typed in and out, `signal` where it reads.
 */

/** A background job, see GET /jobs/{id}. */
export interface Job {
  state: 'queued' | 'running' | 'done' | 'failed';
  done: number;
  total: number | null;
  result: unknown;
  errors: ProblemItem[];
}

export const getJob = (id: string, signal?: AbortSignal) =>
  http.get<Job>(`/jobs/${encodeURIComponent(id)}`, undefined, signal);

/** The answer to a sign-in. */
export interface SignInAnswer {
  token: string;
  user: SessionUser;
}

export const postLogin = (username: string, password: string, remember: boolean) =>
  http.post<SignInAnswer>('/login', { username, password, remember });

export const postLogout = () => http.post<undefined>('/logout');

export const getMe = (signal?: AbortSignal) => http.get<SessionUser>('/me', undefined, signal);
export const patchMe = (language: 'zh' | 'en') => http.patch<SessionUser>('/me', { language });

/** An item as lists and scans show it. */
export interface Item {
  code: string;
  kind: 'serial' | 'package';
  product: string | null;
  batch: string | null;
  /** Null where its birth was reversed. */
  state: string | null;
  quality: string;
  owner: string | null;
  holder: string | null;
  marks: string[];
  place: string | null;
  parent: string | null;
  identifiers?: { namespace: string; value: string }[];
  born_at?: string | null;
  place_since?: string | null;
  state_since?: string | null;
  warranty?: { start: string | null; end: string | null; active: boolean } | null;
  seq?: number;
}

/** Something wrong or doubtful about a reading. */
export interface ReadingProblem {
  code: string;
  message: string;
  advice?: string | null;
  /** A warning leaves the reading as good as it is. */
  level?: 'error' | 'warning';
}

/** One way to read a scanned code, and what it stands for. */
export interface Reading {
  kind: 'item' | 'package' | 'product' | 'batch' | 'place' | 'partner' | 'unknown';
  rank: number;
  via: string;
  /** The code in its canonical spelling. */
  value?: string;
  item: Item | null;
  /** The namespaces in which the code is an identifier of the item. */
  namespaces?: string[];
  product?: string | null;
  batch?: string | null;
  place?: string | null;
  partner?: string | null;
  /** Name of the product, place or partner. */
  name?: string | null;
  elements: Record<string, string>;
  problems: ReadingProblem[];
  advice?: string | null;
}

export const postScan = (raw: string, context: Record<string, unknown> = {}) =>
  http.post<{ readings: Reading[] }>('/scans', { raw, symbology: null, context });

/** One balance of the stock. */
export interface StockRow {
  product: string | null;
  batch: string | null;
  place: string | null;
  state: string;
  quality: string;
  owner: string | null;
  blocked: boolean;
  quantity: number;
}

export const getStock = (query?: Query, signal?: AbortSignal) =>
  http.get<{ rows: StockRow[] }>('/stock', query, signal);
