import { useSyncExternalStore } from 'react';

const QUERY = '(prefers-reduced-motion: reduce)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Whether things may move: not where the system says that its user does not want it. */
export function useMotion(): boolean {
  return useSyncExternalStore(subscribe, () => !window.matchMedia(QUERY).matches);
}
