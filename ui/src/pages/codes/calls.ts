import type { Query } from '../../api/http';
import { http } from '../../api/http';

/** A segment as the server keeps it: its kind, and its parameters by name. */
export interface Segment {
  kind: string;
  [parameter: string]: unknown;
}

/** Something to know about a rule, or a reason why it cannot be saved. */
export interface Note {
  pointer: string | null;
  code: string;
  message: string;
  advice: string;
}

export interface RuleSummary {
  code: string;
  name: string;
  version: number;
  status: 'in_force' | 'retired' | 'superseded';
  /** It has made a code; other segments then make a new version. */
  used: boolean;
  segments: Segment[];
  example: string;
  /** How many codes there are per period and per value counted apart. */
  capacity: number;
  created_at: string;
  created_by: string;
}

export interface Rule extends RuleSummary {
  examples: string[];
  hints: Note[];
}

export interface Part {
  segment: number;
  kind: string;
  text: string;
  start: number;
  end: number;
  value: string;
  meaning: string;
}

/** A code as one version of a rule makes it. */
export interface Reading {
  rule: string;
  name: string;
  version: number;
  in_force: boolean;
  parts: Part[];
}

export interface Forecast {
  planned: number;
  per_period: number | null;
  capacity: number;
  share: number | null;
  /** Null where there are not enough codes for what is planned. */
  redraws: number | null;
  collision: number;
  guess: number;
  hits: number;
  guessing: 'easy' | 'fair' | 'hard';
}

export interface Overlap {
  rule: string;
  name: string;
  version: number;
  example: string | null;
}

/** All that can be said about a rule before it is saved; without problems and overlaps it can be. */
export interface Check {
  problems: Note[];
  hints: Note[];
  overlaps: Overlap[];
  examples: string[];
  parts: Part[];
  capacity: number | null;
  forecast: Forecast | null;
  alternatives: { label: string; segments: Segment[]; forecast: Forecast }[];
}

/** What the codes would be made for. */
export interface Sketch {
  code?: string | undefined;
  segments: Segment[];
  count?: number;
  fields?: Record<string, string>;
  product?: string | null;
  at?: string | undefined;
  planned?: number;
  per_period?: number | null;
}

/** One property of a kind of segment. */
export interface Parameter {
  name: string;
  type: 'text' | 'integer' | 'choice' | 'name' | 'names';
  label: string;
  help: string;
  required: boolean;
  default: unknown;
  choices: { value: string | number; label: string }[];
  minimum: number | null;
  maximum: number | null;
}

export interface Kind {
  kind: string;
  label: string;
  group: string;
  example: Segment;
  parameters: Parameter[];
  presets: { label: string; segment: Segment }[];
}

/** The palette of the designer. */
export interface Kinds {
  groups: { group: string; label: string }[];
  kinds: Kind[];
}

const path = (code: string) => `/code-rules/${encodeURIComponent(code)}`;

export const listRules = (query: Query, signal?: AbortSignal) =>
  http.get<{ rules: RuleSummary[]; next: string | null }>('/code-rules', query, signal);
export const getRule = (code: string, signal?: AbortSignal) => http.get<Rule>(path(code), undefined, signal);
export const getVersions = (code: string, signal?: AbortSignal) =>
  http.get<{ rules: RuleSummary[] }>(`${path(code)}/versions`, undefined, signal);
export const getKinds = (signal?: AbortSignal) =>
  http.get<Kinds>('/code-rules/segment-kinds', undefined, signal);
export const checkRule = (sketch: Sketch) => http.post<Check>('/code-rules:check', sketch);
export const decodeCode = (code: string) =>
  http.post<{ readings: Reading[] }>('/code-rules:decode', { code });
export const createRule = (body: { code: string; name: string; segments: Segment[] }) =>
  http.post<Rule>('/code-rules', body);
export const changeRule = (
  code: string,
  body: { version: number; name?: string; segments?: Segment[]; active?: boolean },
) => http.put<Rule>(path(code), body);
export const deleteRule = (code: string) => http.delete<undefined>(path(code));
