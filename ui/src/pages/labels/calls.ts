import type { Query } from '../../api/http';
import { call, download, http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { Field, Kinds } from '../../labels/declared';
import type { Dpi, Template } from '../../labels/template';
import { complete } from '../../labels/template';

/** A label as the list shows it. */
export type LabelSummary = Answer<'LabelSummary'>;

/** A label with what is on the board: the draft, or the published version where there is none. */
export type Label = Omit<Answer<'LabelOut'>, 'template'> & { template: Template };

/** A label that comes with the product. */
export type ReadyLabel = Omit<Answer<'ReadyOut'>, 'template'> & { template: Template };

/** Something wrong or doubtful about a label; `fix` is what one click changes. */
export type Check = Answer<'LabelCheckOut'>;

/** What a decoder read in the printed picture. */
export type Read = Answer<'ReadOut'>;

/** What the print head sees. */
export type Preview = Answer<'LabelPreviewOut'>;

/** A printer as far as this page needs it. */
export type Printer = Answer<'PrinterOut'>;

/** A print job. */
export type PrintJob = Answer<'PrintJobOut'>;

const path = (code: string) => `/labels/${encodeURIComponent(code)}`;

export const listLabels = (query: Query, signal?: AbortSignal) =>
  http.get<Answer<'LabelPage'>>('/labels', query, signal);
export const getLabel = async (code: string, version?: number, signal?: AbortSignal): Promise<Label> => {
  const label = await http.get<Answer<'LabelOut'>>(path(code), { version }, signal);
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
  http.get<Answer<'VersionsOut'>>(`${path(code)}/versions`, undefined, signal);
export const getReady = async (signal?: AbortSignal): Promise<ReadyLabel[]> => {
  const { labels } = await http.get<Answer<'ReadyPage'>>('/labels:ready', undefined, signal);
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
  return http.upload<Answer<'ImageOut'>>('/label-images', form);
};

/** A file of labels: for looking at, or for a printer that hangs on this computer. */
export async function renderLabels(
  code: string,
  body: { items: string[]; format: 'png' | 'pdf' | 'zpl' | 'tspl'; dpi: Dpi; start: number },
): Promise<Blob> {
  const answer = await call('POST', `${path(code)}:render`, { body });
  return answer.blob();
}

export const listPrinters = (signal?: AbortSignal) =>
  http.get<Answer<'PrinterPage'>>('/printers', undefined, signal);

export const printLabels = (
  code: string,
  body: {
    printer: string;
    items: string[];
    copies: number;
    reason: string;
    start: number;
    client_key: string;
  },
) => http.post<Answer<'PrintStarted'>>(`${path(code)}:print`, body);

export const getPrintJob = (id: string, signal?: AbortSignal) =>
  http.get<PrintJob>(`/print-jobs/${encodeURIComponent(id)}`, undefined, signal);
export const listPrintJobs = (label: string, signal?: AbortSignal) =>
  http.get<Answer<'PrintJobPage'>>('/print-jobs', { label, limit: 5 }, signal);
export const fetchJobFile = (job: PrintJob) =>
  download(`/print-jobs/${encodeURIComponent(job.id)}/file`, job.file?.name ?? `${job.id}.pdf`);
