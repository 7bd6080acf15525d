import { http } from '../../../api/http';

/** What is said to a scan. */
export type Said = 'right' | 'wrong' | 'duplicate' | 'box' | 'undone';

/** One line of what should be scanned. */
export interface ScanLine {
  line: number;
  product: string | null;
  batch: string | null;
  item: string | null;
  expected: number;
  done: number;
  title: string;
  /** Whether it takes quantities: a batch, or goods without numbers of their own. */
  loose: boolean;
}

/** How far a scan task is; several people count into the same. */
export interface ScanInfo {
  expected: number | null;
  done: number;
  wrong: number;
  duplicates: number;
  lines: ScanLine[];
  missing: number;
  policies: Record<string, unknown>;
  manual: 'allow' | 'right' | 'forbid';
  closed: boolean;
  /** Whether the reader may complete it with pieces missing, saying why. */
  override: boolean;
}

/** One scan of the task. */
export interface ScanEntry {
  seq: number;
  raw: string;
  answer: Said;
  message: string;
  item: string | null;
  product: string | null;
  batch: string | null;
  quantity: number;
  by: string;
  at: string;
}

/** The answer to one scan. */
export interface ScanReply {
  seq: number;
  answer: Said;
  code: string;
  message: string;
  advice: string;
  item: string | null;
  product: string | null;
  batch: string | null;
  place: string | null;
  state: string | null;
  quantity: number;
  done: number;
  expected: number | null;
}

/** What is scanned, as it is sent. */
export interface Scanned {
  raw: string;
  quantity: number | null;
  manual: boolean;
  client_key: string;
}

export const getScan = (task: number, signal?: AbortSignal) =>
  http.get<ScanInfo>(`/tasks/${task}/scan`, undefined, signal);
export const listScans = (task: number, limit: number, signal?: AbortSignal) =>
  http.get<{ scans: ScanEntry[]; next: string | null }>(`/tasks/${task}/scans`, { limit }, signal);
export const sendScan = (task: number, scanned: Scanned) =>
  http.post<ScanReply>(`/tasks/${task}/scans`, scanned);
export const undoScan = (task: number, seq: number, client_key: string) =>
  http.post<unknown>(`/tasks/${task}/scans:undo`, { seq, client_key });
export const override = (task: number, kind: string, reason: string, client_key: string) =>
  http.post<unknown>(`/tasks/${task}/scans:override`, { kind, reason, client_key });
