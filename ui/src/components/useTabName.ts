import { useEffect } from 'react';

/** Call the browser's tab after what it shows. */
export function useTabName(name: string): void {
  useEffect(() => {
    document.title = name === '' ? '码志' : `${name} · 码志`;
  }, [name]);
}
