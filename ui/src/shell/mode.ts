import { useSyncExternalStore } from 'react';
import type { Mode } from '../theme';

const KEY = 'mazhi.mode';
const listeners = new Set<() => void>();

/** Light or dark: what was chosen, else what the system prefers. */
export function currentMode(): Mode {
  const stored = localStorage.getItem(KEY);
  if (stored === 'light' || stored === 'dark') return stored;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Choose light or dark and remember it. */
export function setMode(mode: Mode): void {
  localStorage.setItem(KEY, mode);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The mode in React. */
export function useMode(): Mode {
  return useSyncExternalStore(subscribe, currentMode);
}
