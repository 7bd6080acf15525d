import { http } from '../../api/http';
import type { Answer } from '../../api/whole';

/** What a file looks like, and which column is probably what. */
export type Guess = Answer<'GuessOut'>;
/** What came of a check or an import. */
export type Report = Answer<'ImportOut'>;
/** One thing that is wrong with one row. */
export type BadCell = Answer<'BadCell'>;
/** A field that a column may fill. */
export type ImportField = Answer<'FieldOut'>;

/** Which column is which field; an empty field is not imported. */
export type Mapping = Record<string, string>;

/** Everything that decides what a file means. */
export interface Plan {
  upload: string;
  sheet: string;
  headerRow: number | null;
  mapping: Mapping;
  /** Field → value for rows that have none. */
  defaults: Record<string, string>;
}

export const sendFile = (file: File) => {
  const form = new FormData();
  form.set('file', file);
  return http.upload<Guess>('/items:import-guess', form);
};

export const guessAgain = (upload: string, sheet: string, headerRow: number | null, signal?: AbortSignal) =>
  http.get<Guess>('/items:import-guess', { upload, sheet, header_row: headerRow }, signal);

function formOf(plan: Plan): FormData {
  const form = new FormData();
  form.set('upload', plan.upload);
  form.set('sheet', plan.sheet);
  if (plan.headerRow !== null) form.set('header_row', String(plan.headerRow));
  form.set('mapping', JSON.stringify(plan.mapping));
  form.set('defaults', JSON.stringify(plan.defaults));
  return form;
}

/** Check every row; nothing is stored. A large file becomes a job. */
export const checkFile = (plan: Plan) => {
  const form = formOf(plan);
  form.set('dry_run', 'true');
  return http.upload<Report | { job: string }>('/items:import', form);
};

/** Import the good rows. The same key again imports nothing twice. */
export const importFile = (plan: Plan, document: string, clientKey: string) => {
  const form = formOf(plan);
  form.set('dry_run', 'false');
  form.set('mode', 'partial');
  form.set('document', document);
  form.set('client_key', clientKey);
  return http.upload<Report | { job: string }>('/items:import', form);
};

/** Whether an answer is a job that goes on in the background. */
export function isJob(answer: Report | { job: string }): answer is { job: string } {
  return 'job' in answer;
}
