import type { Dispatch } from 'react';
import { createContext, use } from 'react';
import type { Problem } from '../../api/problem';
import type { Field, Kinds } from '../../labels/declared';
import type { Action, Board } from '../../labels/model';
import type { Dpi } from '../../labels/template';
import type { Samples } from './useSamples';
import type { Raster } from './useRaster';

/** All that the parts of the designer share. */
export interface Desk {
  code: string;
  board: Board;
  dispatch: Dispatch<Action>;
  /** Whether the user may change the label. */
  may: boolean;
  kinds: Kinds;
  fields: Field[];
  samples: Samples;
  raster: Raster | null;
  /** Whether a newer picture is on its way. */
  pending: boolean;
  problem: Problem | null;
  dpi: Dpi;
  setDpi: (dpi: Dpi) => void;
  snap: boolean;
  setSnap: (snap: boolean) => void;
  grid: boolean;
  setGrid: (grid: boolean) => void;
}

const Context = createContext<Desk | null>(null);

/** Gives the designer's parts what they share. */
export const DeskProvider = Context.Provider;

/** What the designer's parts share. */
export function useDesk(): Desk {
  const desk = use(Context);
  if (desk === null) throw new Error('useDesk outside of the designer');
  return desk;
}
