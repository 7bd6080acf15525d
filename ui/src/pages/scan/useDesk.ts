import { useEffect, useState, useSyncExternalStore } from 'react';
import type { OperationKind } from '../../api/operations';
import { realWorld } from './calls';
import { ScanDesk } from './desk';
import { loadDraft, saveNow } from './draft';
import type { Role } from './early';
import type { Store } from './store';

/** Read a store that lives outside of React. */
export function useStore<State extends object>(store: Store<State>): State {
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

/** Read one part of a store; what shows it is drawn again only when that part is another. */
export function usePart<State extends object, Part>(store: Store<State>, part: (state: State) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => part(store.state));
}

/** The desk of an operation with the draft that this tab kept; what was not looked up before a reload is now. */
export function useDesk(kind: OperationKind): ScanDesk {
  const [desk] = useState(() => {
    const made: ScanDesk = new ScanDesk(
      kind,
      realWorld(kind, () => roleOf(made)),
      loadDraft(kind.name),
    );
    return made;
  });
  useEffect(() => {
    const again = () => void desk.recheck();
    again();
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('online', again);
      saveNow();
    };
  }, [desk]);
  return desk;
}

/** The part that the next scan has in the operation. */
function roleOf(desk: ScanDesk): Role {
  const slot = desk.slot()?.name;
  if (slot === 'in' || slot === 'out' || slot === 'new') return slot;
  return slot === undefined && desk.shape.rows === 'components' ? 'component' : 'item';
}
