import { http } from '../../api/http';
import type { StateLook } from '../../components/StateDot';

export const GROUPS = ['ours', 'channel', 'user', 'back', 'gone'] as const;
export const SHAPES = ['ring', 'dot', 'half', 'square', 'cross'] as const;
export const HUES = ['ink', 'teal', 'violet', 'amber', 'red', 'grey'] as const;

/** One state as it is drawn; `end`: an item may stay in it for ever. */
export interface State extends StateLook {
  code: string;
  zh: string;
  en: string;
  group: (typeof GROUPS)[number];
  end: boolean;
}

/** From any of some states (`*`: all) to one; null leaves the state as it is. */
export interface Move {
  from: string[];
  to: string | null;
}

/** What the user draws: states, and what operations make of them. */
export interface Drawing {
  name: string;
  states: State[];
  operations: Record<string, Move[]>;
}

/** One row of the matrix, as the server names it. */
export interface Row {
  key: string;
  stage: 'make' | 'warehouse' | 'parts' | 'channel' | 'service' | 'keep';
  zh: string;
  en: string;
  /** Whoever does it may choose between several states that follow. */
  choice: boolean;
  /** It never changes the state. */
  steady: boolean;
}

export interface Version {
  version: number;
  name: string;
  created_at: string;
  created_by: string;
}

export interface Finding {
  pointer: string | null;
  code: string;
  message: string;
  advice: string;
}

/** One version of a life cycle. */
export interface LifeCycle extends Drawing {
  code: string;
  version: number;
  birth: string;
  matrix: Row[];
  warnings: Finding[];
  versions: Version[];
}

export interface Findings {
  errors: Finding[];
  warnings: Finding[];
}

const path = (code: string) => `/life-cycles/${encodeURIComponent(code)}`;

export const listLifeCycles = (signal?: AbortSignal) =>
  http.get<{ life_cycles: { code: string; name: string; version: number; states: State[] }[] }>(
    '/life-cycles',
    undefined,
    signal,
  );
export const getLifeCycle = (code: string, version?: number, signal?: AbortSignal) =>
  http.get<LifeCycle>(path(code), { version }, signal);
export const checkDrawing = ({ states, operations }: Drawing) =>
  http.post<Findings>('/life-cycles:check', { states, operations });
export const saveLifeCycle = (code: string, drawing: Drawing, base: number) =>
  http.put<{ code: string; version: number; warnings: Finding[] }>(path(code), { ...drawing, base });
