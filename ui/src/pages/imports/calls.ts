import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import { formPath } from '../../forms/calls';
import type { BadCell } from '../import/calls';

/** What a file looks like, and what each column probably stands for. */
export type RecordGuess = Answer<'RecordGuess'>;
/** What a column can stand for. */
export type RecordTarget = Answer<'RecordTarget'>;

/** What came of a check or an import. */
export interface RecordReport {
  rows: number;
  added: number;
  changed: number;
  same: number;
  skipped: number;
  bad_rows: number;
  bad_count: number;
  bad: BadCell[];
  by_code: Record<string, number>;
  /** The name of the file with the bad rows. */
  file?: string;
}

/** Everything that decides what a file means. */
export interface RecordPlan {
  upload: string;
  sheet: string;
  headerRow: number | null;
  mapping: Record<string, string>;
  keys: string[];
  existing: 'update' | 'skip' | 'refuse';
  clear: boolean;
}

export type ExportFormat = 'xlsx' | 'csv' | 'csv_gbk';

export const sendFile = (app: string, form: string, file: File) => {
  const body = new FormData();
  body.set('file', file);
  return http.upload<RecordGuess>(`${formPath(app, form)}/records:import-guess`, body);
};

export const guessAgain = (
  app: string,
  form: string,
  upload: string,
  sheet: string,
  headerRow: number | null,
) =>
  http.get<RecordGuess>(`${formPath(app, form)}/records:import-guess`, {
    upload,
    sheet,
    header_row: headerRow,
  });

export const startImport = (
  app: string,
  form: string,
  plan: RecordPlan,
  how: { dryRun: true } | { dryRun: false; clientKey: string },
) =>
  http.post<{ job: string }>(`${formPath(app, form)}/records:import`, {
    upload: plan.upload,
    mapping: plan.mapping,
    sheet: plan.sheet,
    header_row: plan.headerRow,
    keys: plan.keys,
    existing: plan.existing,
    clear: plan.clear,
    dry_run: how.dryRun,
    ...(how.dryRun ? {} : { client_key: how.clientKey }),
  });

export const startExport = (
  app: string,
  form: string,
  body: { format: ExportFormat; filter: unknown; sort: string | null },
) => http.post<{ job: string }>(`${formPath(app, form)}/records:export`, body);
