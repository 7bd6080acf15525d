import { useCallback, useEffect, useState } from 'react';

const PREFIX = 'mazhi.draft.';
const MOST_STEPS = 100;

interface Steps<T> {
  past: T[];
  value: T;
  future: T[];
  restored: boolean;
}

/** Something under construction, with undo and redo. */
export interface Draft<T> {
  value: T;
  /** Whether it differs from what is saved. */
  changed: boolean;
  /** Whether it was found in this browser, left there by an earlier visit. */
  restored: boolean;
  change: (next: (before: T) => T) => void;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  /** Go back to what is saved. */
  reset: () => void;
  /** Forget what this browser keeps, after it was saved on the server. */
  forget: () => void;
}

/**
 * A draft that survives leaving the page and a crash of the browser. It is kept in this browser until saved; a draft
 * that was made on another version than `version` is not taken up again. Give the component a `key` of name and version.
 */
export function useDraft<T>(name: string, saved: T, version: number): Draft<T> {
  const key = PREFIX + name;
  const [steps, setSteps] = useState<Steps<T>>(() => {
    const found = stored(key, version) as T | undefined;
    return { past: [], value: found ?? saved, future: [], restored: found !== undefined };
  });
  const changed = JSON.stringify(steps.value) !== JSON.stringify(saved);

  useEffect(() => {
    if (changed) localStorage.setItem(key, JSON.stringify({ version, value: steps.value }));
    else localStorage.removeItem(key);
  }, [key, version, steps.value, changed]);

  const change = useCallback((next: (before: T) => T) => {
    setSteps((at) => ({
      past: [...at.past.slice(1 - MOST_STEPS), at.value],
      value: next(at.value),
      future: [],
      restored: at.restored,
    }));
  }, []);
  const undo = useCallback(() => {
    setSteps((at) => {
      const value = at.past.at(-1);
      if (value === undefined) return at;
      return { ...at, past: at.past.slice(0, -1), value, future: [at.value, ...at.future] };
    });
  }, []);
  const redo = useCallback(() => {
    setSteps((at) => {
      const [value, ...future] = at.future;
      if (value === undefined) return at;
      return { ...at, past: [...at.past, at.value], value, future };
    });
  }, []);
  const reset = useCallback(() => {
    setSteps((at) => ({ past: [...at.past, at.value], value: saved, future: [], restored: false }));
  }, [saved]);
  const forget = useCallback(() => localStorage.removeItem(key), [key]);

  const mayUndo = steps.past.length > 0;
  const mayRedo = steps.future.length > 0;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      // In a text field the browser undoes the typing.
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [undo, redo]);

  return {
    value: steps.value,
    changed,
    restored: steps.restored && changed,
    change,
    undo: mayUndo ? undo : undefined,
    redo: mayRedo ? redo : undefined,
    reset,
    forget,
  };
}

function stored(key: string, version: number): unknown {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  try {
    const found = JSON.parse(text) as { version: number; value: unknown };
    return found.version === version ? found.value : undefined;
  } catch {
    return undefined;
  }
}
