import { session } from '../../api/session';
import type { BadCell, Guess, Mapping, Plan } from './calls';

/** Where the wizard is, as this tab keeps it: leaving the page loses nothing. */
export interface Progress {
  guess: Guess | null;
  plan: Plan | null;
  /** The job that checks, or imports. */
  job: { id: string; does: 'check' | 'import' } | null;
  clientKey: string;
}

/** Uploads belong to who has sent them. */
const key = () => `mazhi.import.${session()?.user.username ?? ''}`;

export const NOTHING: Progress = { guess: null, plan: null, job: null, clientKey: '' };

/** The progress that this tab has kept. */
export function loadProgress(): Progress {
  const text = sessionStorage.getItem(key());
  return text === null ? NOTHING : { ...NOTHING, ...(JSON.parse(text) as Partial<Progress>) };
}

/** Keep the progress in this tab. */
export function saveProgress(progress: Progress): void {
  if (progress.guess === null) sessionStorage.removeItem(key());
  else sessionStorage.setItem(key(), JSON.stringify(progress));
}

/** The plan that a guess proposes. */
export function planOf(guess: Guess, headerRow: number | null = null): Plan {
  return { upload: guess.upload, sheet: guess.sheet, headerRow, mapping: guess.mapping, defaults: {} };
}

/** Give a column a field; whoever had the field loses it. */
export function assign(mapping: Mapping, column: string, field: string): Mapping {
  const after: Mapping = {};
  for (const [other, has] of Object.entries(mapping)) {
    if (other !== column && (field === '' || has !== field)) after[other] = has;
  }
  if (field !== '') after[column] = field;
  return after;
}

/** Fields that are needed and come neither from a column nor from a value for all rows. */
export function lacking(guess: Guess, plan: Plan): string[] {
  const given = new Set([...Object.values(plan.mapping), ...Object.keys(plan.defaults)]);
  return guess.fields.filter((field) => field.needed && !given.has(field.name)).map((field) => field.name);
}

/** The first example of a column that is not empty. */
export function exampleOf(guess: Guess, number: number): string {
  for (const row of guess.rows) {
    const cell = row[number - 1];
    if (cell !== undefined && cell.trim() !== '') return cell;
  }
  return '';
}

/** A bad row, or good rows that are folded into one line. */
export type Line = { bad: BadCell[]; row: number } | { from: number; to: number };

/** Bad rows in their order with what lies between them, from the first row of data on. */
export function linesOf(bad: BadCell[], first: number, last: number | null): Line[] {
  const rows = new Map<number, BadCell[]>();
  for (const cell of [...bad].sort((a, b) => a.row - b.row)) {
    rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  }
  const lines: Line[] = [];
  let next = first;
  for (const [row, cells] of rows) {
    if (row > next) lines.push({ from: next, to: row - 1 });
    lines.push({ row, bad: cells });
    next = row + 1;
  }
  if (last !== null && last >= next) lines.push({ from: next, to: last });
  return lines;
}
