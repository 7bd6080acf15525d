import type { Dispatch } from 'react';
import { createContext, use } from 'react';
import type { Declaration, Kind } from '../../formdesigner/declared';
import type { Fault } from '../../formdesigner/faults';
import type { Action, Board } from '../../formdesigner/model';
import type { Place } from '../../formdesigner/tree';
import type { FormInfo } from '../../forms/calls';
import type { FormPart } from './parts';

/** All that the parts of the designer share. */
export interface Desk {
  app: string;
  form: FormInfo;
  name: string;
  board: Board;
  dispatch: Dispatch<Action>;
  declaration: Declaration;
  kinds: ReadonlyMap<string, Kind>;
  /** Ids of the fields in the version in force. */
  published: ReadonlySet<string>;
  faults: Fault[];
  /** Put a new field of a kind somewhere, without a place where the eye is. */
  put: (kind: Kind, place?: Place) => void;
  /** Put a template of fields somewhere. */
  putPart: (part: FormPart, place?: Place) => void;
  /** Go to the rules, perhaps to one of them. */
  toRules: (id: string | null) => void;
  /** Where something would be put that is being dragged. */
  mark: Mark | null;
}

/** The line that shows where something goes. */
export interface Mark {
  place: Place;
  /** The field that the line is drawn at, null in an empty container. */
  at: string | null;
  side: 'left' | 'right' | 'top' | 'bottom';
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
