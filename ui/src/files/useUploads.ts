import { useCallback, useEffect, useRef, useState } from 'react';
import { newClientKey } from '../api/clientKey';
import { problemOf } from '../api/problem';
import type { FileValue } from './model';
import { usePending } from './pending';
import { upload } from './upload';

/** A file on its way. */
export interface Upload {
  key: string;
  file: File;
  /** Bytes that are sent, of `total`. */
  sent: number;
  total: number;
  /** Why it did not come through; null while it is on its way. */
  problem: string | null;
  /** Whether another try makes sense. */
  again: boolean;
}

interface How {
  groups: readonly string[];
  /** Make a file ready to be sent: smaller, with what is written into it. */
  prepare?: (file: File) => Promise<{ blob: Blob; name: string }>;
  /** Say why a file could not be made ready. */
  sayUnready: (error: unknown) => string;
  onDone: (file: FileValue) => void;
}

const AT_ONCE = 3;

/** Send files, a few at once; each can be taken back and tried again. */
export function useUploads(how: How) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const running = useRef(new Map<string, AbortController>());
  // What has begun is not begun again, not even between its end and the drawing that no longer holds it.
  const begun = useRef(new Set<string>());
  const latest = useRef(how);
  useEffect(() => {
    latest.current = how;
  });
  usePending(uploads.some((one) => one.problem === null));
  useEffect(() => {
    const all = running.current;
    return () => all.forEach((one) => one.abort());
  }, []);

  const set = useCallback((key: string, change: Partial<Upload>) => {
    setUploads((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }, []);
  const send = useCallback(
    async ({ key, file }: Pick<Upload, 'key' | 'file'>, abort: AbortController) => {
      const gone = () => abort.signal.aborted;
      let ready = { blob: file as Blob, name: file.name };
      try {
        ready = (await latest.current.prepare?.(file)) ?? ready;
      } catch (error) {
        running.current.delete(key);
        set(key, { problem: latest.current.sayUnready(error), again: false });
        return;
      }
      if (gone()) return;
      set(key, { total: ready.blob.size, sent: 0 });
      try {
        const done = await upload(ready.blob, ready.name, {
          groups: latest.current.groups,
          clientKey: key,
          signal: abort.signal,
          onProgress: (sent) => set(key, { sent }),
        });
        running.current.delete(key);
        setUploads((now) => now.filter((one) => one.key !== key));
        latest.current.onDone(done);
      } catch (error) {
        if (gone()) return;
        running.current.delete(key);
        const problem = problemOf(error);
        const first = problem.errors?.[0];
        const said =
          first === undefined
            ? [problem.detail ?? problem.title, problem.advice]
            : [first.message, first.advice];
        set(key, {
          problem: said.filter(Boolean).join(''),
          again: problem.status === 0 || problem.status >= 500,
        });
      }
    },
    [set],
  );
  const begin = useCallback(
    (one: Pick<Upload, 'key' | 'file'>) => {
      const abort = new AbortController();
      running.current.set(one.key, abort);
      begun.current.add(one.key);
      void send(one, abort);
    },
    [send],
  );
  useEffect(() => {
    const waiting = uploads.filter((one) => one.problem === null && !begun.current.has(one.key));
    for (const one of waiting.slice(0, Math.max(0, AT_ONCE - running.current.size))) begin(one);
  }, [uploads, begin]);

  return {
    uploads,
    /** Send files. */
    add: (files: readonly File[]) =>
      setUploads((now) => [
        ...now,
        ...files.map((file) => ({
          key: newClientKey(),
          file,
          sent: 0,
          total: file.size,
          problem: null,
          again: true,
        })),
      ]),
    /** Show files that are not sent at all, with the reason. */
    refuse: (files: readonly File[], problem: string) =>
      setUploads((now) => [
        ...now,
        ...files.map((file) => ({
          key: newClientKey(),
          file,
          sent: 0,
          total: file.size,
          problem,
          again: false,
        })),
      ]),
    /** Give one up. */
    cancel: (key: string) => {
      running.current.get(key)?.abort();
      running.current.delete(key);
      setUploads((now) => now.filter((one) => one.key !== key));
    },
    /** Try one again: under the same key, so that it cannot come twice. */
    retry: (key: string) => {
      begun.current.delete(key);
      set(key, { problem: null, sent: 0 });
    },
  };
}
