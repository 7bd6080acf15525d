import { useCallback, useRef } from 'react';

/**
 * Does one thing after the other, in the order asked for, whatever became of the one before: a draft saved of its own
 * accord and one saved by hand would otherwise each take the other for somebody else's.
 */
export function useTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  const last = useRef<Promise<unknown>>(Promise.resolve());
  return useCallback((work) => {
    const mine = last.current.then(work, work);
    last.current = mine.catch(() => undefined);
    return mine;
  }, []);
}
