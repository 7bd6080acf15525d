import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { newClientKey } from '../../api/clientKey';
import { problemOf } from '../../api/problem';
import { useSession } from '../../api/session';
import { play } from '../../scan/sounds';
import { sendScan } from './calls';
import type { Desk } from './desk';
import { EMPTY, happened, toSend } from './desk';

const RETRY_MS = 2_000;

/** What is kept on this device, so that no scan is lost when the page is closed without a network. */
interface Kept {
  station?: string;
  queue?: Desk['queue'];
  rows?: Desk['rows'];
}

const keyOf = (user: string) => `mazhi.station.${user}`;

function kept(user: string): Kept {
  return JSON.parse(localStorage.getItem(keyOf(user)) ?? '{}') as Kept;
}

/** Scanning at a station: scans go one after the other, each with its own key, and none is lost without a network. */
export function useStation() {
  const user = useSession()?.user.username ?? '';
  const queries = useQueryClient();
  const [before] = useState(() => kept(user));
  const [station, setStation] = useState(before.station);
  const [desk, happen] = useReducer(happened, {
    ...EMPTY,
    queue: before.queue ?? [],
    rows: before.rows ?? [],
  });
  const { queue, rows, told, ignored } = desk;
  useEffect(() => {
    const now: Kept = { queue, rows, ...(station !== undefined && { station }) };
    localStorage.setItem(keyOf(user), JSON.stringify(now));
  }, [user, station, queue, rows]);

  const next = toSend(desk);
  useEffect(() => {
    if (next === null) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = async () => {
      try {
        const started = await sendScan(next);
        if (gone) return;
        happen({ what: 'answered', started, at: Date.now() });
        void queries.invalidateQueries({ queryKey: ['tasks'] });
      } catch (thrown) {
        if (gone) return;
        const problem = problemOf(thrown);
        // Who is signed out signs in again; the scan waits for them.
        if (problem.status === 401) return;
        if (problem.code !== 'offline') {
          happen({ what: 'refused', problem, at: Date.now() });
          return;
        }
        happen({ what: 'offline' });
        timer = setTimeout(() => void send(), RETRY_MS);
      }
    };
    void send();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [next, queries]);

  const kind = told?.kind;
  const key = told?.key;
  useEffect(() => {
    if (kind !== undefined) play(kind);
  }, [kind, key]);
  const heard = useRef(0);
  useEffect(() => {
    // Whoever goes on scanning while it has stopped is told so by ear.
    if (ignored > heard.current) play('wrong');
    heard.current = ignored;
  }, [ignored]);

  return {
    desk,
    /** Where this device stands; undefined until somebody has said so. */
    station,
    setStation,
    scan: useCallback(
      (raw: string, at: string) =>
        happen({ what: 'scanned', scan: { raw: raw.trim(), station: at, client_key: newClientKey() } }),
      [],
    ),
    acknowledge: useCallback(() => happen({ what: 'acknowledged' }), []),
  };
}

export type StationEntry = ReturnType<typeof useStation>;
