import { download, http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { Values } from '../../forms/model';

/** A scan list (批量扫描框) and how far it is. */
export type ScanListInfo = Answer<'ScanListOut'>;

/** One line: what was said to a scan, and what it leads to now. */
export type ScanLineInfo = Answer<'ScanLineOut'>;

/** The answer to one scan. */
export type ScanReply = Answer<'ListScanAnswer'>;

/** What came of many codes. */
export type BatchReply = Answer<'ScanBatchOut'>;

/** Something that should come and was not scanned yet. */
export type Missing = Answer<'MissingItem'>;

/** What may be said to a scan. */
export type Said = 'right' | 'wrong' | 'duplicate';

const path = (id: string) => `/scan-lists/${encodeURIComponent(id)}`;

interface Opening {
  app: string;
  form: string;
  field: string;
  record: number | null;
  values: Values;
}

export const openList = (body: Opening) => http.post<ScanListInfo>('/scan-lists', body);
export const tellValues = (id: string, values: Values) => http.patch<ScanListInfo>(path(id), { values });
export const sendScan = (id: string, raw: string, client_key: string) =>
  http.post<ScanReply>(`${path(id)}/scans`, { raw, client_key });
export const sendText = (id: string, text: string, client_key: string) =>
  http.post<BatchReply>(`${path(id)}/scans:batch`, { text, client_key });
export const sendCodes = (id: string, codes: string[], client_key: string) =>
  http.post<BatchReply>(`${path(id)}/scans:batch`, { codes, client_key });
export function sendFile(id: string, file: File, column: string, client_key: string): Promise<BatchReply> {
  const form = new FormData();
  form.set('file', file);
  if (column !== '') form.set('column', column);
  form.set('client_key', client_key);
  return http.upload<BatchReply>(`${path(id)}/files`, form);
}
export const undoLines = (id: string, lines: number[]) =>
  http.post<ScanListInfo>(`${path(id)}/undo`, { lines });
export const undoAnswers = (id: string, answers: Said[]) =>
  http.post<ScanListInfo>(`${path(id)}/undo`, { answers });
interface LineQuery {
  said?: readonly Said[];
  after?: string | undefined;
  order?: 'newest' | 'oldest';
  scans?: boolean;
  limit?: number;
}

/** One page of lines; several answers may be asked for at once. */
export function findLines(id: string, query: LineQuery, signal?: AbortSignal) {
  const { said = [], ...rest } = query;
  const parts = new URLSearchParams(said.map((one) => ['answers', one]));
  for (const [name, value] of Object.entries(rest)) parts.set(name, String(value));
  return http.get<{ lines: ScanLineInfo[]; next: string | null }>(
    `${path(id)}/lines?${parts.toString()}`,
    undefined,
    signal,
  );
}
export const findMissing = (id: string, after: string | undefined, signal: AbortSignal) =>
  http.get<{ items: Missing[]; next: string | null }>(`${path(id)}/missing`, { after, limit: 50 }, signal);
export const exportLines = (id: string) => download(`${path(id)}/export`, 'scans.xlsx', { format: 'xlsx' });

/** Ids that are waited for, so that a page of records asks once for all its lists. */
let waiting: Map<string, ((found: ScanListInfo | null) => void)[]> | null = null;
const MOST = 100;

/** How far a list is; null where the reader may not see it. Those asked for at the same moment are asked for together. */
export function lookAt(id: string): Promise<ScanListInfo | null> {
  return new Promise((resolve) => {
    if (waiting === null) {
      waiting = new Map();
      setTimeout(() => {
        const asked = waiting ?? new Map<string, ((found: ScanListInfo | null) => void)[]>();
        waiting = null;
        void askFor(asked);
      });
    }
    waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
  });
}

async function askFor(asked: Map<string, ((found: ScanListInfo | null) => void)[]>): Promise<void> {
  const ids = [...asked.keys()];
  for (let start = 0; start < ids.length; start += MOST) {
    const some = ids.slice(start, start + MOST);
    let found = new Map<string, ScanListInfo>();
    try {
      const { lists } = await http.get<{ lists: ScanListInfo[] }>('/scan-lists', { ids: some.join(',') });
      found = new Map(lists.map((one) => [one.id, one]));
    } finally {
      for (const id of some) asked.get(id)?.forEach((resolve) => resolve(found.get(id) ?? null));
    }
  }
}
