import type { Query } from '../../api/http';
import { call, http } from '../../api/http';
import type { Field, Kinds } from '../../labels/declared';
import type { Dpi, Template } from '../../labels/template';
import { complete } from '../../labels/template';

/** A label as the list shows it. */
export interface LabelSummary {
  code: string;
  name: string;
  /** The version that is printed; null before the first one is published. */
  version: number | null;
  active: boolean;
  /** Whether something was drawn since. */
  draft: boolean;
  width_mm: number | null;
  height_mm: number | null;
  updated_at: string;
  updated_by: string | null;
}

/** A label with what is on the board: the draft, or the published version where there is none. */
export interface Label extends LabelSummary {
  template: Template;
  /** Which published version it was begun on. */
  base: number;
  /** Of the draft; null without one. */
  revision: number | null;
  saved_at: string | null;
  saved_by: string | null;
}

export interface LabelVersion {
  version: number;
  note: string;
  created_at: string;
  created_by: string;
}

/** A label that comes with the product. */
export interface ReadyLabel {
  code: string;
  name: string;
  note: string;
  template: Template;
}

/** Something doubtful about a label; `fix` is what one click changes. */
export interface Check {
  element: string | null;
  code: string;
  message: string;
  advice: string;
  /** Whether the label cannot be printed like this. */
  blocking: boolean;
  fix: { element: string; set: Record<string, unknown> } | null;
}

/** What a decoder read in the printed picture. */
export interface Read {
  element: string;
  symbology: string;
  content: string;
  /** What was read; null where nothing was. */
  read: string | null;
  ok: boolean;
}

export interface Preview {
  width: number;
  height: number;
  png: string;
  checks: Check[];
  reads: Read[];
}

export interface Printer {
  code: string;
  name: string;
  driver: string;
  language: string;
  dpi: Dpi;
  state: string;
}

const path = (code: string) => `/labels/${encodeURIComponent(code)}`;

export const listLabels = (query: Query, signal?: AbortSignal) =>
  http.get<{ labels: LabelSummary[]; next: string | null }>('/labels', query, signal);
export const getLabel = async (code: string, version?: number, signal?: AbortSignal): Promise<Label> => {
  const label = await http.get<Label>(path(code), { version }, signal);
  return { ...label, template: complete(label.template) };
};
export const createLabel = (body: { code: string; name: string; template: Template; publish: boolean }) =>
  http.post<Label>('/labels', body);
export const changeLabel = (code: string, body: { name?: string; active?: boolean }) =>
  http.put<Label>(path(code), body);
export const saveDraft = (code: string, base: number, revision: number | null, template: Template) =>
  http.put<Label>(`${path(code)}/draft`, { base, revision, template });
export const publishLabel = (code: string, base: number) =>
  http.post<Label>(`${path(code)}:publish`, { base });
export const getVersions = (code: string, signal?: AbortSignal) =>
  http.get<{ versions: LabelVersion[] }>(`${path(code)}/versions`, undefined, signal);
export const getReady = async (signal?: AbortSignal): Promise<ReadyLabel[]> => {
  const { labels } = await http.get<{ labels: ReadyLabel[] }>('/labels:ready', undefined, signal);
  return labels.map((one) => ({ ...one, template: complete(one.template) }));
};
export const getKinds = (signal?: AbortSignal) => http.get<Kinds>('/labels:kinds', undefined, signal);
export const getFields = async (item: string | null, signal?: AbortSignal): Promise<Field[]> =>
  (await http.get<{ fields: Field[] }>('/labels:fields', { item }, signal)).fields;

/** The picture of a label that need not be saved, at a resolution, with what is doubtful about it. */
export async function postPreview(
  body: { template: Template; dpi: Dpi; item: string | null },
  signal?: AbortSignal,
): Promise<Preview> {
  const answer = await call('POST', '/labels:preview', { body, ...(signal && { signal }) });
  return (await answer.json()) as Preview;
}

export const getImage = async (id: string, signal?: AbortSignal) => {
  const answer = await call('GET', `/label-images/${encodeURIComponent(id)}`, signal ? { signal } : {});
  return answer.blob();
};
export const uploadImage = (file: File) => {
  const form = new FormData();
  form.append('file', file);
  return http.upload<{ id: string }>('/label-images', form);
};

/** A file of labels: for looking at, or for a printer that hangs on this computer. */
export async function renderLabels(
  code: string,
  body: { items: string[]; format: 'png' | 'pdf' | 'zpl' | 'tspl'; dpi: Dpi; copies?: number },
): Promise<Blob> {
  const answer = await call('POST', `${path(code)}:render`, { body });
  return answer.blob();
}

export const listPrinters = (signal?: AbortSignal) =>
  http.get<{ printers: Printer[] }>('/printers', undefined, signal);

export const printLabels = (
  code: string,
  body: {
    printer: string;
    items: string[];
    copies: number;
    reason: string | null;
    client_key: string;
  },
) => http.post<{ job: string }>(`${path(code)}:print`, body);

/** A print job as far as this page follows it. */
export interface PrintJob {
  state: string;
  done: number;
  total: number;
}

export const getPrintJob = (id: string, signal?: AbortSignal) =>
  http.get<PrintJob>(`/print-jobs/${encodeURIComponent(id)}`, undefined, signal);
