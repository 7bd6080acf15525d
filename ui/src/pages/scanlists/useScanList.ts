import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { newClientKey } from '../../api/clientKey';
import type { Problem } from '../../api/problem';
import { problemOf } from '../../api/problem';
import type { EntryAround } from '../../forms/entry';
import type { FormField, Values } from '../../forms/model';
import { play } from '../../scan/sounds';
import type { ScanLineInfo, ScanListInfo, ScanReply } from './calls';
import { findLines, lookAt, openList, sendScan, tellValues, undoLines } from './calls';

/** What was said to the last scan. */
export interface Told {
  kind: 'right' | 'wrong' | 'again';
  raw: string;
  message: string;
  advice: string;
  /** Null where the server said nothing about the code itself. */
  line: ScanLineInfo | null;
  /** Grows with each answer, so that the same one again is seen too. */
  at: number;
}

interface Pending {
  raw: string;
  key: string;
}

const RETRY_MS = 2500;
export const RECENT = 5;

/** What of a form's values the server needs to judge scans by. */
function contextOf(field: FormField, values: Values): Values {
  const codes = ['product', 'place', 'expected', 'list_record'].map((name) => field.options?.[name]);
  return Object.fromEntries(
    codes.flatMap((code) => (typeof code === 'string' && code !== '' ? [[code, values[code] ?? null]] : [])),
  );
}

/** How many there should be, as the form says before a list is opened. */
function planned(field: FormField, values: Values): number | null {
  const code = field.options?.['expected'];
  const value = typeof code === 'string' ? values[code] : null;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return value === '' || Number.isNaN(number) ? null : number;
}

function toldOf(reply: ScanReply, at: number): Told {
  const kind = reply.answer === 'duplicate' ? 'again' : reply.answer;
  const { message, advice, line } = reply;
  return { kind, raw: line.raw, message, advice, line, at };
}

/** The figures of a list with one more line. */
function counted(info: ScanListInfo, line: ScanLineInfo): ScanListInfo {
  const more = line.answer === 'box' ? line.quantity : line.answer === 'right' ? 1 : 0;
  return {
    ...info,
    count: info.count + more,
    wrong: info.wrong + (line.answer === 'wrong' ? 1 : 0),
    duplicates: info.duplicates + (line.answer === 'duplicate' ? 1 : 0),
  };
}

/** The scan list of a field that is filled in: opened at the first scan, each scan sent and answered in its turn. */
export function useScanList(
  field: FormField,
  value: unknown,
  onChange: (value: unknown) => void,
  around: EntryAround | null,
) {
  const id = typeof value === 'string' && value !== '' ? value : null;
  const queries = useQueryClient();
  const [told, setTold] = useState<Told | null>(null);
  // Grows whenever the cursor should be in the line again.
  const [touched, setTouched] = useState(0);
  const [waiting, setWaiting] = useState(0);
  const [offline, setOffline] = useState(false);
  const queue = useRef<Pending[]>([]);
  const running = useRef(false);
  const opening = useRef<Promise<string> | null>(null);
  const count = useRef(0);

  const { data: info = null } = useQuery({
    queryKey: ['scan-lists', id],
    queryFn: () => (id === null ? null : lookAt(id)),
    enabled: id !== null,
  });
  const { data: recent = [] } = useQuery({
    queryKey: ['scan-lists', id, 'recent'],
    queryFn: async ({ signal }) =>
      id === null ? [] : (await findLines(id, { scans: true, limit: RECENT }, signal)).lines,
    enabled: id !== null,
  });

  const state = useRef({ id, info, field, around, onChange });
  useEffect(() => {
    state.current = { id, info, field, around, onChange };
  });

  const learn = useCallback(
    (next: ScanListInfo) => queries.setQueryData(['scan-lists', next.id], next),
    [queries],
  );

  /** The id of a list that can be scanned into: the one that is there, or one that is opened now. */
  const open = useCallback((): Promise<string> => {
    const now = state.current;
    if (now.id !== null && now.info?.state === 'open') return Promise.resolve(now.id);
    if (now.around === null) return Promise.reject(new Error('no form around'));
    const { app, form, record, values } = now.around;
    opening.current ??= openList({
      app,
      form,
      field: now.field.id,
      record,
      values: contextOf(now.field, values),
    })
      .then(async (made) => {
        learn(made);
        // Of a record that has a list the new one begins with its lines.
        const { lines } = await findLines(made.id, { scans: true, limit: RECENT });
        queries.setQueryData(['scan-lists', made.id, 'recent'], lines);
        state.current = { ...state.current, id: made.id, info: made };
        state.current.onChange(made.id);
        return made.id;
      })
      .finally(() => {
        opening.current = null;
      });
    return opening.current;
  }, [learn, queries]);

  const say = useCallback((next: Omit<Told, 'at'>) => {
    count.current += 1;
    setTold({ ...next, at: count.current });
    setTouched((now) => now + 1);
    play(next.kind);
  }, []);

  const settle = useCallback(
    (list: string, reply: ScanReply) => {
      count.current += 1;
      const next = toldOf(reply, count.current);
      setTold(next);
      setTouched((now) => now + 1);
      play(next.kind);
      queries.setQueryData<ScanLineInfo[]>(['scan-lists', list, 'recent'], (lines = []) =>
        [reply.line, ...lines.filter((one) => one.line !== reply.line.line)].slice(0, RECENT),
      );
      queries.setQueryData<ScanListInfo | null>(['scan-lists', list], (known) =>
        known == null ? known : { ...counted(known, reply.line), done: reply.done, expected: reply.expected },
      );
      void queries.invalidateQueries({ queryKey: ['scan-lists', list, 'lines'] });
    },
    [queries],
  );

  const refuse = useCallback(
    (raw: string, problem: Problem) => {
      const message = problem.detail ?? problem.title;
      say({ kind: 'wrong', raw, message, advice: problem.advice ?? '', line: null });
    },
    [say],
  );

  /** Send what waits, one after the other; without the network again after a while, with the same key. */
  const drain = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    for (let next = queue.current[0]; next !== undefined; next = queue.current[0]) {
      try {
        const list = await open();
        settle(list, await sendScan(list, next.raw, next.key));
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === 'offline') {
          setOffline(true);
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
          continue;
        }
        refuse(next.raw, problem);
      }
      setOffline(false);
      queue.current.shift();
      setWaiting(queue.current.length);
    }
    running.current = false;
  }, [open, refuse, settle]);

  const scan = useCallback(
    (raw: string) => {
      if (raw.trim() === '') return;
      queue.current.push({ raw, key: newClientKey() });
      setWaiting(queue.current.length);
      void drain();
    },
    [drain],
  );

  const undo = async (line: ScanLineInfo) => {
    if (id === null && opening.current === null) return;
    try {
      const list = await open();
      learn(await undoLines(list, [line.line]));
      queries.setQueryData<ScanLineInfo[]>(['scan-lists', list, 'recent'], (lines = []) =>
        lines.filter((one) => one.line !== line.line),
      );
      setTold(null);
      setTouched((now) => now + 1);
      await queries.invalidateQueries({ queryKey: ['scan-lists', list] });
    } catch (error) {
      refuse(line.raw, problemOf(error));
    }
  };

  // The product, the place, how many: what the form says now decides about the next scan.
  const context = JSON.stringify(around === null ? {} : contextOf(field, around.values));
  const sent = useRef(context);
  useEffect(() => {
    if (sent.current === context) return;
    const list = state.current.id;
    if (list === null || state.current.info?.state !== 'open') {
      sent.current = context;
      return;
    }
    const timer = setTimeout(() => {
      sent.current = context;
      tellValues(list, JSON.parse(context) as Values)
        .then(learn)
        .catch(() => undefined);
    }, 300);
    return () => clearTimeout(timer);
  }, [context, learn]);

  return {
    id,
    info,
    recent,
    told,
    touched,
    waiting,
    offline,
    done: info?.done ?? 0,
    expected: info === null ? planned(field, around?.values ?? {}) : info.expected,
    scan,
    undo,
    open,
    /** Look again after many codes were taken at once. */
    refresh: (list: string) => queries.invalidateQueries({ queryKey: ['scan-lists', list] }),
    /** Put the cursor back into the line. */
    touch: () => setTouched((now) => now + 1),
    dismiss: () => {
      setTold(null);
      setTouched((now) => now + 1);
    },
  };
}

export type ScanListEntry = ReturnType<typeof useScanList>;
