import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { newClientKey } from '../../../api/clientKey';
import { problemOf } from '../../../api/problem';
import { play } from '../../../scan/sounds';
import type { ScanEntry, ScanInfo } from './calls';
import { getScan, listScans, override, sendScan, undoScan } from './calls';
import { EMPTY, happened, toSend } from './desk';

/** So often the counter of the others is looked at. */
const POLL_MS = 2_000;
const RETRY_MS = 2_000;
const RECENT = 5;

/** Scanning into a task: scans are sent one after the other, each with its own key, and none is lost without network. */
export function useScanTask(task: number, over: boolean) {
  const queries = useQueryClient();
  const [desk, happen] = useReducer(happened, EMPTY);
  const long = useRef(false);
  const { data: info = null, error } = useQuery({
    queryKey: ['tasks', 'scan', task],
    queryFn: async ({ signal }) => {
      const found = await getScan(task, long.current, signal);
      if (found.next === null || long.current) return found;
      // Of a long list only what is missing is of use.
      long.current = true;
      return getScan(task, true, signal);
    },
    refetchInterval: over ? false : POLL_MS,
    enabled: !over,
  });
  const total = info === null ? 0 : info.done + info.wrong + info.duplicates;
  const { data: recent = [] } = useQuery({
    queryKey: ['tasks', 'scan', task, 'recent', total],
    queryFn: async ({ signal }) => (await listScans(task, RECENT, signal)).scans,
    placeholderData: (before) => before,
    enabled: info !== null && !over,
  });
  const refresh = useCallback(
    () => queries.invalidateQueries({ queryKey: ['tasks', 'scan', task] }),
    [queries, task],
  );

  const next = toSend(desk);
  useEffect(() => {
    if (next === null) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = async () => {
      try {
        const reply = await sendScan(task, next);
        // What was asked before this answer would set the counter back.
        await queries.cancelQueries({ queryKey: ['tasks', 'scan', task], exact: true });
        queries.setQueryData<ScanInfo>(['tasks', 'scan', task], (known) =>
          known === undefined ? known : { ...known, done: reply.done, missing: reply.missing },
        );
        happen({ what: 'answered', reply });
        void refresh();
      } catch (thrown) {
        const problem = problemOf(thrown);
        if (problem.code !== 'offline') {
          happen({ what: 'refused', problem });
          return;
        }
        happen({ what: 'offline' });
        if (!gone) timer = setTimeout(() => void send(), RETRY_MS);
      }
    };
    void send();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [next, task, queries, refresh]);

  const { told, ignored } = desk;
  const kind = told?.kind;
  const at = told?.at;
  useEffect(() => {
    if (kind !== undefined) play(kind === 'ask' ? 'again' : kind);
  }, [kind, at]);
  const heard = useRef(0);
  useEffect(() => {
    // Whoever goes on scanning while it has stopped is told so by ear.
    if (ignored > heard.current) play('wrong');
    heard.current = ignored;
  }, [ignored]);

  const scan = useCallback((raw: string, manual: boolean) => {
    const scanned = { raw: raw.trim(), manual, quantity: null, client_key: newClientKey() };
    happen({ what: 'scanned', scanned });
  }, []);
  return {
    desk,
    info,
    /** Why the task cannot be scanned into at all. */
    error,
    recent: recent.slice(0, RECENT),
    scan,
    undo: async (entry: ScanEntry) => {
      await undoScan(task, entry.seq, newClientKey());
      happen({ what: 'undone', seq: entry.seq });
      await refresh();
    },
    /** How much the last scan is. */
    count: (quantity: number) => happen({ what: 'counted', quantity, client_key: newClientKey() }),
    /** Let the last scan pass although it is wrong, saying why. */
    letPass: async (as: string, reason: string) => {
      await override(task, as, reason, told?.line?.seq ?? null, newClientKey());
      happen({ what: 'acknowledged' });
      await refresh();
    },
    acknowledge: useCallback(() => happen({ what: 'acknowledged' }), []),
    pause: (on: boolean) => happen({ what: 'paused', on }),
  };
}

export type ScanTaskEntry = ReturnType<typeof useScanTask>;
