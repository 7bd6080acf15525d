import type { Dispatch } from 'react';
import { createContext, use } from 'react';
import type { FlowDeclaration, NodeKinds } from '../../flowdesigner/declared';
import type { Fault } from '../../flowdesigner/incomplete';
import type { Action, Board } from '../../flowdesigner/model';
import type { SummaryWords } from '../../flowdesigner/summaries';
import type { NewWords, Spot } from '../../flowdesigner/tree';
import type { FormInfo } from '../../forms/calls';
import type { Kinds } from '../../forms/controls';
import type { EditorField } from '../../formulaeditor/fields';
import type { Tried } from './calls';

/** All that the parts of the designer share. */
export interface Desk {
  app: string;
  flow: string;
  form: FormInfo;
  board: Board;
  dispatch: Dispatch<Action>;
  declaration: FlowDeclaration;
  kinds: NodeKinds;
  fieldKinds: Kinds;
  /** What formulas may name. */
  formulaFields: readonly EditorField[];
  words: NewWords;
  summaryWords: SummaryWords;
  faults: readonly Fault[];
  /** Open the settings of a node. */
  open: (id: string, tab?: string) => void;
  /** Take a node away; asks first where others go with it. */
  remove: (id: string) => void;
  /** The node that is being moved: every round + is where it can go. */
  moving: string | null;
  setMoving: (id: string | null) => void;
  /** The place whose round + is open. */
  adding: Spot | null;
  setAdding: (spot: Spot | null) => void;
  /** The kind that is dragged out of the list of steps. */
  carried: string | null;
  setCarried: (kind: string | null) => void;
  /** The card whose name is being written. */
  renaming: string | null;
  setRenaming: (id: string | null) => void;
  /** What the test run came by; null while none is shown. */
  tried: Tried | null;
}

const Context = createContext<Desk | null>(null);

/** Gives the designer's parts what they share. */
export const DeskProvider = Context.Provider;

/** What the designer's parts share. */
export function useDesk(): Desk {
  const desk = use(Context);
  if (desk === null) throw new Error('useDesk outside of the flow designer');
  return desk;
}
