import { useEffect } from 'react';

const pending = new Set<symbol>();

/** Whether files are still on their way, so that what is saved now would lack them. */
export function isUploading(): boolean {
  return pending.size > 0;
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Note that files of a control are on their way. */
export function usePending(busy: boolean): void {
  useEffect(() => {
    if (!busy) return undefined;
    const mine = Symbol('uploads');
    if (pending.size === 0) window.addEventListener('beforeunload', warn);
    pending.add(mine);
    return () => {
      pending.delete(mine);
      if (pending.size === 0) window.removeEventListener('beforeunload', warn);
    };
  }, [busy]);
}
