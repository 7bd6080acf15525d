import type { OperationBody, Outcome } from '../../api/operations';
import type { Problem } from '../../api/problem';
import type { Answer as Sound } from '../../scan/sounds';
import type { Looked, Say } from './judge';
import type { Draft, ScanRow, Thing } from './model';

/** How the last scan came out, for the large board. */
export interface Answer {
  kind: Sound | 'note' | 'unchecked' | 'ask';
  at: number;
  row?: ScanRow;
  /** A sentence of its own, where the answer is not about a row that counts. */
  text?: { key: string; values: Record<string, string | number> };
}

/** What a posting came to. */
export interface Done {
  event: number | null;
  accepted: number;
  /** So many of the accepted are lines of goods. */
  lines: number;
  refused: number;
  codes: string[];
}

/** Everything that the desk shows. */
export interface DeskState {
  draft: Draft;
  answer: Answer | null;
  /** The slot that the user has chosen to fill next. */
  slot: string | null;
  /** The goods row whose quantity is asked for. */
  asking: number | null;
  posting: boolean;
  problem: Problem | null;
  done: Done | null;
  /** The outcome of a posting is the newest thing on the page; the next scan takes its place. */
  fresh: boolean;
  /** The browser has no room left to keep the draft. */
  full: boolean;
}

/** What the desk needs of the world around it. */
export interface DeskWorld {
  check: (raw: string, context: Record<string, unknown>) => Promise<Looked>;
  post: (kind: string, body: OperationBody) => Promise<Outcome>;
  look: (code: string) => Promise<Thing>;
  play: (sound: Sound) => void;
  say: Say;
  now: () => number;
  newKey: () => string;
  save: (draft: Draft) => boolean;
}

/** What came back for one scan. */
export type Result =
  { looked: Looked } | { problem: Problem } | { posted: Outcome; thing: Thing | null } | { repeated: number };
