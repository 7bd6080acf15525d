import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { newClientKey } from '../../../api/clientKey';
import { problemOf } from '../../../api/problem';
import { play } from '../../../scan/sounds';
import type { ScanEntry, ScanInfo } from './calls';
import { getScan, listScans, sendScan, undoScan } from './calls';
import { EMPTY, happened, toSend } from './desk';

/** So often the counter of the others is looked at. */
const POLL_MS = 2_000;
const RETRY_MS = 2_000;
const RECENT = 5;

/** Scanning into a task: scans are sent one after the other, each with its own key, and none is lost without network. */
export function useScanTask(task: number) {
  const queries = useQueryClient();
  const [desk, happen] = useReducer(happened, EMPTY);
  const { data: info = null, error } = useQuery({
    queryKey: ['tasks', 'scan', task],
    queryFn: ({ signal }) => getScan(task, signal),
    refetchInterval: POLL_MS,
  });
  const total = info === null ? 0 : info.done + info.wrong + info.duplicates;
  const { data: recent = [] } = useQuery({
    queryKey: ['tasks', 'scan', task, 'recent', total],
    queryFn: async ({ signal }) => (await listScans(task, RECENT, signal)).scans,
    placeholderData: (before) => before,
    enabled: info !== null,
  });

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
          known === undefined ? known : { ...known, done: reply.done },
        );
        happen({ what: 'answered', reply });
        void queries.invalidateQueries({ queryKey: ['tasks', 'scan', task] });
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
  }, [next, task, queries]);

  const { told, ignored } = desk;
  const kind = told?.kind;
  const at = told?.at;
  useEffect(() => {
    if (kind !== undefined) play(kind);
  }, [kind, at]);
  const heard = useRef(0);
  useEffect(() => {
    // Whoever goes on scanning while it has stopped is told so by ear.
    if (ignored > heard.current) play('wrong');
    heard.current = ignored;
  }, [ignored]);

  const scan = useCallback((raw: string, manual: boolean, quantity: number | null) => {
    happen({
      what: 'scanned',
      scanned: { raw: raw.trim(), manual, quantity, client_key: newClientKey() },
    });
  }, []);
  const undo = async (entry: ScanEntry) => {
    await undoScan(task, entry.seq, newClientKey());
    happen({ what: 'undone', seq: entry.seq });
    await queries.invalidateQueries({ queryKey: ['tasks', 'scan', task] });
  };
  return {
    desk,
    info,
    /** Why the task cannot be scanned into at all. */
    error,
    recent: recent.slice(0, RECENT),
    scan,
    undo,
    acknowledge: useCallback(() => happen({ what: 'acknowledged' }), []),
    pause: (on: boolean) => happen({ what: 'paused', on }),
    refresh: () => queries.invalidateQueries({ queryKey: ['tasks', 'scan', task] }),
  };
}

export type ScanTaskEntry = ReturnType<typeof useScanTask>;
