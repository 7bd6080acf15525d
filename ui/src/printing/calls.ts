import { useQuery } from '@tanstack/react-query';
import { listed } from '../api/master';
import type { Query } from '../api/http';
import { call, http } from '../api/http';
import type { ItemRef } from '../api/operations';
import type { Answer } from '../api/whole';

/** A printer, and what it is at. */
export type Printer = Answer<'PrinterOut'>;

/** A kind of driver; the form of a printer comes from it. */
export type Driver = Answer<'DriverOut'>;

/** How a printer is, asked just now. */
export type PrinterStatus = Answer<'PrinterStatusOut'>;

/** A print job and how far it is. */
export type PrintJob = Answer<'PrintJobOut'>;

/** One label of the print log. */
export type PrintedLabel = Answer<'PrintedLabel'>;

/** What came of scanning a label back. */
export type Confirmation = Answer<'ConfirmationOut'>;

/** What a person found of a doubtful label. */
export type Outcome = 'printed' | 'again';

/** What may be changed of a printer. */
export type PrinterValues = Pick<
  Printer,
  'name' | 'driver' | 'language' | 'dpi' | 'options' | 'place' | 'station' | 'media' | 'window'
>;

const path = (kind: string, id: string) => `/${kind}/${encodeURIComponent(id)}`;

export const listPrinters = (query: Query, signal?: AbortSignal) =>
  listed('printers', '/printers', query, signal) as Promise<{ rows: Printer[]; next: string | null }>;
export const getDrivers = async (signal?: AbortSignal) =>
  (await http.get<{ drivers: Driver[] }>('/printers:drivers', undefined, signal)).drivers;
export const getStatus = (code: string, signal?: AbortSignal) =>
  http.get<PrinterStatus>(`${path('printers', code)}/status`, undefined, signal);
export const createPrinter = (body: PrinterValues & { code: string }) =>
  http.post<Printer>('/printers', body);
export const changePrinter = (code: string, version: number, body: PrinterValues) =>
  http.put<Printer>(path('printers', code), { ...body, version });
export const deletePrinter = (code: string) => http.delete(path('printers', code));
export const postPrinter = (code: string, what: 'test' | 'pause' | 'resume') =>
  http.post<{ job?: string }>(`${path('printers', code)}:${what}`);

/** What is to be printed where. */
export interface PrintOrder {
  printer: string;
  items: ItemRef[];
  copies: number;
  reason: string;
  start: number;
  document: string;
  client_key: string;
}

/** Labels for records of a form. */
export interface RecordPrintOrder {
  label: string;
  printer: string;
  ids: number[];
  copies: number;
  reason: string;
  start: number;
  client_key: string;
}

export const postPrint = (label: string, order: PrintOrder) =>
  http.post<{ job: string }>(`${path('labels', label)}:print`, order);
export const postRecordPrint = (app: string, form: string, order: RecordPrintOrder) =>
  http.post<{ job: string }>(`${path('apps', app)}${path('forms', form)}/records:print`, order);
export const listPrintJobs = (query: Query, signal?: AbortSignal) =>
  listed('jobs', '/print-jobs', query, signal) as Promise<{ rows: PrintJob[]; next: string | null }>;
export const getPrintJob = (id: string, signal?: AbortSignal) =>
  http.get<PrintJob>(path('print-jobs', id), undefined, signal);
export const listJobLabels = (id: string, query: Query, signal?: AbortSignal) =>
  listed('labels', `${path('print-jobs', id)}/labels`, query, signal) as Promise<{
    rows: PrintedLabel[];
    next: string | null;
  }>;
export const postPrintJob = (id: string, what: 'pause' | 'resume' | 'cancel') =>
  http.post<PrintJob>(`${path('print-jobs', id)}:${what}`);
export const postResolve = (id: string, labels: { n: number; outcome: Outcome }[], rest: Outcome | null) =>
  http.post<PrintJob>(`${path('print-jobs', id)}:resolve`, { labels, rest });
export const postConfirm = (id: string, raw: string) =>
  http.post<Confirmation>(`${path('print-jobs', id)}:confirm`, { raw });
export const listPrintLog = (query: Query, signal?: AbortSignal) =>
  listed('labels', '/print-log', query, signal) as Promise<{ rows: PrintedLabel[]; next: string | null }>;
export const postVoid = (labels: { job: string; n: number }[], reason: string) =>
  http.post<{ voided: number }>('/print-log:void', { labels, reason });

/** The picture of one label with the data of an item. */
export async function fetchPicture(label: string, item: string, signal: AbortSignal): Promise<string> {
  const answer = await call('POST', `${path('labels', label)}:render`, {
    body: { items: [item], format: 'png', dpi: 203, sheet: false },
    signal,
  });
  return URL.createObjectURL(await answer.blob());
}

/** Open the file of a job that a person prints in the browser. */
export async function openJobFile(id: string): Promise<void> {
  const answer = await call('GET', `${path('print-jobs', id)}/file`);
  const url = URL.createObjectURL(await answer.blob());
  window.open(url, '_blank');
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const OVER = new Set(['done', 'cancelled', 'failed']);

/** Whether a print job will not change any more. */
export const isOver = (job: PrintJob | undefined) => job !== undefined && OVER.has(job.state);

/** A print job that is looked at until it is over; it goes on when the page is left. */
export function usePrintJob(id: string | null) {
  return useQuery({
    queryKey: ['print', 'job', id],
    queryFn: ({ signal }) => getPrintJob(id ?? '', signal),
    enabled: id !== null,
    refetchInterval: (query) => (isOver(query.state.data) ? false : 1000),
  });
}

/** Printers to choose from, with what each is at. */
export function usePrinters(enabled = true) {
  return useQuery({
    queryKey: ['print', 'printers', 'choice'],
    queryFn: ({ signal }) => listPrinters({ limit: 200 }, signal),
    enabled,
    refetchInterval: 5000,
  });
}
