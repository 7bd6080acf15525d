import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { newClientKey } from '../../../api/clientKey';
import { problemOf } from '../../../api/problem';
import { play } from '../../../scan/sounds';
import type { Count, CountLine } from '../calls';
import { listScans, sendScan, undoScan } from '../calls';
import type { ToldKind } from './desk';
import { EMPTY, happened, toSend } from './desk';

const RETRY_MS = 2_000;
const RECENT = 6;
const SOUNDS: Record<ToldKind, 'right' | 'wrong' | 'again'> = {
  right: 'right',
  place: 'right',
  noted: 'again',
  unknown: 'again',
  again: 'again',
  wrong: 'wrong',
};

/** Counting on this device: scans are sent one after the other, each with its own key, and none is lost without network. */
export function useCountDesk(count: Count) {
  const { number } = count;
  const queries = useQueryClient();
  const [desk, happen] = useReducer(happened, EMPTY);
  const { place } = desk;
  const { data: recent = [] } = useQuery({
    queryKey: ['counts', 'scans', number, count.counted, count.round, desk.answered],
    queryFn: async ({ signal }) => (await listScans(number, { limit: RECENT }, signal)).scans,
    placeholderData: (before) => before,
  });
  const refresh = useCallback(async () => {
    await Promise.all(
      ['one', 'places', 'goods', 'scans'].map((what) =>
        queries.invalidateQueries({ queryKey: ['counts', what, number] }),
      ),
    );
  }, [queries, number]);

  const next = toSend(desk);
  useEffect(() => {
    if (next === null) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = async () => {
      try {
        const reply = await sendScan(number, { ...next, place: next.place ?? place });
        // What was asked before this answer would set the counter back.
        await queries.cancelQueries({ queryKey: ['counts', 'one', number], exact: true });
        queries.setQueryData<Count>(['counts', 'one', number], (known) =>
          known === undefined || reply.line === null ? known : { ...known, counted: reply.done },
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
  }, [next, place, number, queries, refresh]);

  const { told, ignored } = desk;
  const kind = told?.kind;
  const at = told?.at;
  useEffect(() => {
    if (kind !== undefined) play(SOUNDS[kind]);
  }, [kind, at]);
  const heard = useRef(0);
  useEffect(() => {
    // Whoever goes on scanning while it has stopped is told so by ear.
    if (ignored > heard.current) play('wrong');
    heard.current = ignored;
  }, [ignored]);

  return {
    desk,
    recent,
    scan: useCallback((raw: string) => {
      const scanned = { raw: raw.trim(), place: null, quantity: null, client_key: newClientKey() };
      happen({ what: 'scanned', scanned });
    }, []),
    undo: async (seq: number) => {
      await undoScan(number, seq);
      happen({ what: 'undone', seq });
      await refresh();
    },
    /** Say how many the last goods are: the scan is taken back and goes again with the quantity. */
    amend: async (line: CountLine, quantity: number) => {
      await undoScan(number, line.seq);
      const { raw } = line;
      happen({ what: 'amended', scanned: { raw, place: line.place, quantity, client_key: newClientKey() } });
    },
    go: useCallback((to: string | null) => happen({ what: 'went', place: to }), []),
    acknowledge: useCallback(() => happen({ what: 'acknowledged' }), []),
    pause: (on: boolean) => happen({ what: 'paused', on }),
  };
}

export type DeskEntry = ReturnType<typeof useCountDesk>;
