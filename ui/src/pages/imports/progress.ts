import { session } from '../../api/session';
import type { RecordGuess, RecordPlan } from './calls';

/** Where the wizard is, as this tab keeps it: leaving the page loses nothing. */
export interface Progress {
  guess: RecordGuess | null;
  plan: RecordPlan | null;
  /** The job that checks or imports. */
  job: { id: string; does: 'check' | 'import' } | null;
  clientKey: string;
}

export const NOTHING: Progress = { guess: null, plan: null, job: null, clientKey: '' };

/** Uploads belong to who has sent them. */
const keyOf = (form: string) => `mazhi.imports.${session()?.user.username ?? ''}.${form}`;

/** The progress that this tab has kept for a form. */
export function loadProgress(form: string): Progress {
  const text = sessionStorage.getItem(keyOf(form));
  return text === null ? NOTHING : { ...NOTHING, ...(JSON.parse(text) as Partial<Progress>) };
}

/** Keep the progress in this tab. */
export function saveProgress(form: string, progress: Progress): void {
  if (progress.guess === null) sessionStorage.removeItem(keyOf(form));
  else sessionStorage.setItem(keyOf(form), JSON.stringify(progress));
}

/** The plan that a guess proposes. */
export function planOf(guess: RecordGuess, headerRow: number | null = null): RecordPlan {
  return {
    upload: guess.upload,
    sheet: guess.sheet,
    headerRow,
    mapping: guess.mapping,
    keys: guess.keys,
    existing: 'update',
    clear: false,
  };
}

/** What a plan lacks: the required fields that nothing is mapped to, where new records may come of it. */
export function lacking(guess: RecordGuess, plan: RecordPlan): string[] {
  const mapped = new Set(Object.values(plan.mapping));
  return guess.targets
    .filter((one) => one.required && one.table === '' && !mapped.has(one.name))
    .map((one) => one.title);
}

/** Whether anything would come of a plan at all. */
export function isEmpty(guess: RecordGuess, plan: RecordPlan): boolean {
  const writable = new Set(guess.targets.filter((one) => one.writable).map((one) => one.name));
  return !Object.values(plan.mapping).some((name) => writable.has(name));
}

/** A plan with another mapping: a key that nothing is mapped to any more is none. */
export function mappedAs(plan: RecordPlan, mapping: RecordPlan['mapping']): RecordPlan {
  const mapped = new Set(Object.values(mapping));
  return { ...plan, mapping, keys: plan.keys.filter((key) => mapped.has(key)) };
}
