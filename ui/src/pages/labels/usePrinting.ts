import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newClientKey } from '../../api/clientKey';
import { problemOf } from '../../api/problem';
import { getPrintJob, printLabels } from './calls';

const KEY = 'mazhi.labels.printer';
const POLL_MS = 700;
const OVER = new Set(['done', 'ready', 'cancelled', 'failed']);

/** One order to print: what, where, how often; once a reason is asked for, why again. */
export interface Order {
  printer: string;
  items: string[];
  copies: number;
  reason: string;
  /** On sheets: the first free place. */
  start: number;
}

/** Orders labels from a printer and follows the job. */
export function usePrinting(code: string) {
  const [printer, setPrinter] = useState<string | null>(() => localStorage.getItem(KEY));
  const queries = useQueryClient();
  const [key, setKey] = useState(newClientKey);
  const order = useMutation({
    mutationFn: (wanted: Order) => printLabels(code, { ...wanted, client_key: key }),
    // The same order again is a new one; one that was refused keeps its key.
    onSuccess: () => {
      setKey(newClientKey());
      void queries.invalidateQueries({ queryKey: ['labels', 'print jobs', code] });
    },
    // Another body under the same key would be refused.
    onError: () => setKey(newClientKey()),
  });
  const id = order.data?.job ?? null;
  const job = useQuery({
    queryKey: ['labels', 'print job', id],
    queryFn: ({ signal }) => getPrintJob(id ?? '', signal),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data && OVER.has(query.state.data.state) ? false : POLL_MS),
  });
  const choose = (next: string) => {
    setPrinter(next);
    localStorage.setItem(KEY, next);
  };
  const before = order.error !== null && problemOf(order.error).code === 'label_printed_before';
  return { printer, choose, order, job: job.data, before };
}
