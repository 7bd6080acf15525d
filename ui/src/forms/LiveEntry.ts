import { createContext, use } from 'react';
import type { Worked } from './live/live';

/** What the parts of a form that is being filled in know of it as a whole. */
export interface LiveEntry {
  /** What rules make of its fields. */
  worked: Worked;
  /** Somebody has left a field: what is wrong there is told from now on. */
  leave: (place: string) => void;
  /** A place that is to come in sight, with a number so that the same one can be asked for again. */
  reveal: { place: string; time: number } | null;
}

const Context = createContext<LiveEntry | null>(null);

/** Gives the parts of a form what they know of it. */
export const LiveEntryProvider = Context.Provider;

/** The form around; null where fields stand without one, as in a preview. */
export function useLiveEntry(): LiveEntry | null {
  return use(Context);
}
