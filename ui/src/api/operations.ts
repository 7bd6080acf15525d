import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { http } from './http';
import type { Answer } from './whole';

/** One field of an operation's `data`. */
export type DataField = Answer<'DataFieldOut'>;

/** One kind of operation, for a form to be made of it. */
export type OperationKind = Answer<'OperationOut'>;

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
export type Outcome = Answer<'OutcomeOut'>;

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
