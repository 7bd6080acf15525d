import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { http } from './http';
import type { ProblemItem } from './problem';

/** One field of an operation's `data`. */
export interface DataField {
  name: string;
  kind: 'text' | 'choice' | 'item' | 'partner' | 'event' | 'list' | 'flag';
  zh: string;
  en: string;
  required: boolean;
  choices: string[];
  example?: unknown;
}

/** One kind of operation, for a form to be made of it. */
export interface OperationKind {
  name: string;
  zh: string;
  en: string;
  icon: string;
  place: 'needed' | 'optional' | 'cleared';
  holder: 'kept' | 'partner' | 'cleared';
  /** It takes exactly one item. */
  single: boolean;
  /** Quantities of batch and SKU goods may be posted. */
  quantities: boolean;
  /** End states that the user chooses from with `data.to`. */
  chooses: string[];
  /** Whether the signed-in user may post it. */
  allowed?: boolean;
  data: DataField[];
}

/** An item as a request names it. */
export type ItemRef = string | { identifier: string; namespace: string };

/** A quantity of batch or SKU goods. */
export interface QuantityLine {
  product: string;
  batch: string | null;
  quantity: string;
}

/** What is posted. */
export interface OperationBody {
  items: ItemRef[];
  quantities?: QuantityLine[];
  from?: string | null;
  place?: string | null;
  partner?: string | null;
  document?: string | null;
  occurred_at?: string | null;
  note?: string | null;
  mode?: 'all' | 'partial';
  client_key?: string;
  data?: Record<string, unknown>;
}

/** What came of it; `event` is null where nothing was accepted. */
export interface Outcome {
  event: number | null;
  accepted: number;
  refused: ProblemItem[];
}

export const postOperation = (kind: string, body: OperationBody) =>
  http.post<Outcome>(`/operations/${encodeURIComponent(kind)}`, body);

/** Every operation that can be posted; they hardly ever change. */
export function useOperations() {
  return useQuery({
    queryKey: ['operations'],
    queryFn: ({ signal }) => http.get<OperationKind[]>('/operations', undefined, signal),
    staleTime: 10 * 60_000,
  });
}

/** A function that names anything with a Chinese and an English name in the reader's language. */
export function useNamed(): (one: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return useCallback((one) => (i18n.language === 'en' ? one.en : one.zh), [i18n.language]);
}
