import { createContext, use } from 'react';
import type { Values } from './model';

/**
 * The form around a control, for the few that look at more than their own value: which form and record it is, what
 * stands in the other fields, and how one of them is filled.
 */
export interface EntryAround {
  app: string;
  form: string;
  /** The record that is looked at or changed; null while it is not there yet. */
  record: number | null;
  values: Values;
  /** Null where nothing can be filled in. */
  change: ((code: string, value: unknown) => void) | null;
}

const Context = createContext<EntryAround | null>(null);

/** Says to the controls within which form and record they stand in. */
export const EntryAroundProvider = Context.Provider;

/** The form around; null where a control stands alone, as in a preview. */
export function useEntryAround(): EntryAround | null {
  return use(Context);
}
