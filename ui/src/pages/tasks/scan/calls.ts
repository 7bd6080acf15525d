import { http } from '../../../api/http';

/** What was said to a scan, and what it leads to now. */
export type Said = 'right' | 'wrong' | 'duplicate' | 'box' | 'undone';

/** What follows from something that is wrong. */
export type Policy = 'refuse' | 'warn' | 'pass';

/** One line of what should be scanned. */
export interface ExpectedLine {
  line: number;
  title: string;
  product: string | null;
  product_name: string | null;
  batch: string | null;
  item: string | null;
  /** Where the item stands. */
  place: string | null;
  expected: number;
  done: number;
}

/** How far a scan task is; several people count into the same. */
export interface ScanInfo {
  expected: number;
  done: number;
  missing: number;
  wrong: number;
  duplicates: number;
  lines: ExpectedLine[];
  /** Where the next page of lines begins. */
  next: number | null;
  policies: Partial<Record<string, Policy>>;
  manual: 'allow' | 'right' | 'forbid';
  continuous: boolean;
  /** The field of the record that must hold a picture. */
  photo: string;
  /** Whether nothing in particular is expected. */
  free: boolean;
  closed: boolean;
}

/** One scan of the task. */
export interface ScanEntry {
  seq: number;
  answer: Said;
  raw: string;
  code: string;
  message: string;
  advice: string;
  item: string | null;
  kind: string | null;
  product: string | null;
  product_name: string | null;
  batch: string | null;
  state: string | null;
  place: string | null;
  quantity: number;
  /** The package that it came out of. */
  box: string | null;
  manual: boolean;
  at: string;
  by: string;
  /** Codes that may have been meant. */
  meant: string[];
}

/** The answer to one scan. */
export interface ScanReply {
  answer: 'right' | 'wrong' | 'duplicate';
  code: string;
  message: string;
  advice: string;
  /** Whether scanning waits until somebody has looked at it. */
  stop: boolean;
  /** The quantity is wanted: nothing was written down, the scan is sent again with it. */
  ask: boolean;
  done: number;
  expected: number | null;
  missing: number;
  line: ScanEntry | null;
}

/** What is scanned, as it is sent. */
export interface Scanned {
  raw: string;
  quantity: number | null;
  manual: boolean;
  client_key: string;
}

/** So many lines are shown; of a longer list those of which something is missing. */
export const MOST_LINES = 100;

export const getScan = (task: number, open: boolean, signal?: AbortSignal) =>
  http.get<ScanInfo>(`/tasks/${task}/scan`, { limit: MOST_LINES, ...(open && { open: true }) }, signal);
export const listScans = (task: number, limit: number, signal?: AbortSignal) =>
  http.get<{ scans: ScanEntry[]; next: string | null }>(`/tasks/${task}/scans`, { limit }, signal);
export const sendScan = (task: number, scanned: Scanned) =>
  http.post<ScanReply>(`/tasks/${task}/scans`, scanned);
export const undoScan = (task: number, seq: number, client_key: string) =>
  http.post<ScanInfo>(`/tasks/${task}/scans:undo`, { seq, client_key });
export const override = (
  task: number,
  kind: string,
  reason: string,
  seq: number | null,
  client_key: string,
) => http.post<ScanInfo>(`/tasks/${task}/scans:override`, { kind, reason, seq, client_key });
