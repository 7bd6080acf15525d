import { useQuery } from '@tanstack/react-query';
import type { Query } from '../../api/http';
import { download, http } from '../../api/http';
import type { ItemRef } from '../../api/operations';
import type { Answer } from '../../api/whole';
import type { Criteria } from './criteria';

/** How many pieces under one heading, and what has become of them. */
export type Tally = Omit<Answer<'StateCount'>, 'state'>;

/** What criteria would take, before anything is opened. */
export type Preview = Answer<'PreviewOut'>;

/** A recall in the list. */
export type RecallRow = Answer<'RecallHead'>;

/** A recall with everything about it. */
export type Recall = Answer<'RecallOut'>;

/** One piece of a recall. */
export type RecallItem = Answer<'RecallItem'>;

/** Something that was done in a recall. */
export type LogEntry = Answer<'LogEntry'>;

/** The scope by parts against the cruder way, by the dates of making. */
export type Comparison = Answer<'ComparisonOut'>;

export const listRecalls = async (query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'RecallPage'>>('/recalls', query, signal);
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

export const postRecall = (body: OpenBody) => http.post<Answer<'OpenedOut'>>('/recalls', body);

const one = (id: string) => `/recalls/${encodeURIComponent(id)}`;

/** Something done about pieces of a recall. */
export interface ActionBody {
  kind: string;
  items?: ItemRef[];
  /** Pieces by what they have in common, in place of `items`. */
  where?: Partial<Record<'status' | 'role' | 'state' | 'place' | 'holder', string | null>>;
  note?: string;
  measure?: string;
  due?: string | null;
  mode?: 'all' | 'partial';
  client_key: string;
}

export const postAction = (id: string, body: ActionBody) =>
  http.post<Answer<'ActedOut'>>(`${one(id)}/actions`, body);

export const postClose = (id: string, body: { confirmed: boolean; note: string; release_stock: boolean }) =>
  http.post<Answer<'ClosedOut'>>(`${one(id)}:close`, body);

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

export const getRecall = (id: string, signal?: AbortSignal) => http.get<Recall>(one(id), undefined, signal);

export const listRecallItems = async (id: string, query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'RecallItemPage'>>(`${one(id)}/items`, query, signal);
  return { rows: answer.items, next: answer.next };
};

export const listRecallLog = async (id: string, query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'LogPage'>>(`${one(id)}/log`, query, signal);
  return { rows: answer.entries, next: answer.next };
};

export const getComparison = (id: string, signal?: AbortSignal) =>
  http.get<Comparison>(`${one(id)}/comparison`, undefined, signal);

export const fetchReport = (id: string) => download(`${one(id)}/report.pdf`, `${id}.pdf`);
export const fetchLetter = (id: string, partner: string) =>
  download(`${one(id)}/letters/${encodeURIComponent(partner)}`, `${id}-${partner}.pdf`);
