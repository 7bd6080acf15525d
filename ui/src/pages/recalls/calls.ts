import { useQuery } from '@tanstack/react-query';
import type { Query } from '../../api/http';
import { download, http } from '../../api/http';
import type { ItemRef } from '../../api/operations';
import type { Criteria } from './criteria';

/** How many pieces under one heading, and what has become of them. */
export interface Tally {
  total: number;
  handled: number;
  open: number;
  held: number;
  notified: number;
  percent: number;
}

/** Pieces by place and state. */
export interface WhereRow extends Tally {
  place: string | null;
  place_name: string | null;
  state: string;
  partners: number;
  regions: number;
}

/** Where the pieces of a scope are. */
export interface Breakdown {
  by_where: WhereRow[];
  by_state: (Tally & { state: string })[];
  by_product: (Tally & { product: string | null })[];
  by_partner: (Tally & { partner: string | null; name: string | null; region: string | null })[];
  by_region: (Tally & { region: string | null })[];
  partners: number;
}

/** A quantity of batch goods in a scope. */
export interface ScopeStock {
  product: string | null;
  batch: string | null;
  place: string | null;
  state: string;
  blocked: boolean;
  quantity: number;
}

/** What criteria would take, before anything is opened. */
export interface Preview extends Breakdown {
  total: number;
  parts: number;
  quantities: ScopeStock[];
  unknown_codes: string[];
  /** What to ask about before going on, e.g. that the criteria match nothing, or everything. */
  warnings: string[];
  sample: string[];
}

/** A recall in the list. */
export interface RecallRow {
  id: string;
  name: string;
  mock: boolean;
  state: 'open' | 'closed';
  opened_at: string;
  opened_by: string;
  deadline: string | null;
  closed_at: string | null;
  total: number;
  handled: number;
  effectiveness: number;
}

export const listRecalls = async (query: Query, signal?: AbortSignal) => {
  const answer = await http.get<{ recalls: RecallRow[]; next: string | null }>('/recalls', query, signal);
  return { rows: answer.recalls, next: answer.next };
};

export const postPreview = (criteria: Criteria) => http.post<Preview>('/recalls:preview', { criteria });

/** What a recall is opened with. */
export interface OpenBody {
  name: string;
  mock: boolean;
  criteria: Criteria;
  deadline: string | null;
  note: string;
  confirmed: boolean;
  client_key: string;
}

export const postRecall = (body: OpenBody) =>
  http.post<{ id: string; total: number; hash: string }>('/recalls', body);

const one = (id: string) => `/recalls/${encodeURIComponent(id)}`;

/** Something done about pieces of a recall. */
export interface ActionBody {
  kind: string;
  items?: ItemRef[];
  note?: string;
  measure?: string;
  due?: string | null;
  mode?: 'all' | 'partial';
  client_key: string;
}

export const postAction = (id: string, body: ActionBody) =>
  http.post<Record<string, unknown>>(`${one(id)}/actions`, body);

/** The preview of criteria that stand still. */
export function usePreview(criteria: Criteria | null) {
  return useQuery({
    queryKey: ['recalls', 'preview', criteria],
    queryFn: () => postPreview(criteria ?? { any: [] }),
    enabled: criteria !== null,
    staleTime: 30_000,
    retry: false,
  });
}

export const fetchReport = (id: string) => download(`${one(id)}/report`, `${id}.pdf`);

/** A recall with everything about it. */
export interface Recall extends RecallRow, Breakdown {
  note: string;
  document: string;
  criteria: Criteria;
  hash: string;
  parts: number;
  located_at: string;
  located: number;
  answered: number;
  completeness: number;
  by_status: Record<string, number>;
  by_day: { day: string; handled: number }[];
  quantities: ScopeStock[];
  job: string | null;
  clock: { step: string; seconds: number | null }[];
}

export const getRecall = (id: string, signal?: AbortSignal) => http.get<Recall>(one(id), undefined, signal);

/** One piece of a recall. */
export interface RecallItem {
  code: string;
  role: 'unit' | 'part';
  product: string | null;
  batch: string | null;
  state: string;
  place: string | null;
  holder: string | null;
  holder_name: string | null;
  status: string;
  measure: string;
  attempts: number;
  notified_at: string | null;
  answered_at: string | null;
  handled_at: string | null;
  due: string | null;
  cause: string | null;
}

export const listRecallItems = async (id: string, query: Query, signal?: AbortSignal) => {
  const answer = await http.get<{ items: RecallItem[]; next: string | null }>(
    `${one(id)}/items`,
    query,
    signal,
  );
  return { rows: answer.items, next: answer.next };
};

/** The scope by parts against the cruder way, by the dates of making. */
export interface Comparison {
  exact: number;
  crude: number;
  both: number;
  needless: number;
  missed: number;
  from: string | null;
  to: string | null;
  days: number;
  missed_items: string[];
}

export const getComparison = (id: string, signal?: AbortSignal) =>
  http.get<Comparison>(`${one(id)}/comparison`, undefined, signal);

export const fetchLetters = (id: string) => download(`${one(id)}/letters`, `${id}-letters.pdf`);

export const postClose = (id: string, body: { confirmed: boolean; note: string }) =>
  http.post<{ id: string; state: string; open: number }>(`${one(id)}:close`, body);
