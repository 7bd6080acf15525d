import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';
import type { Query } from '../api/http';
import { http } from '../api/http';
import type { Answer } from '../api/whole';
import type { Kinds } from './controls';
import type { RuledForm } from './live/plan';
import type { FieldState, KindInfo, Values } from './model';

/** An app (应用): forms that belong together. */
export type AppInfo = Answer<'AppOut'>;

/** A form as lists show it. */
export type FormSummary = Answer<'FormSummary'>;

/** A form with the fields and rules of the version in force, and its formulas as trees. */
export type FormInfo = FormSummary & RuledForm & { may?: Partial<Record<string, boolean>> };

/** Whether the reader may do something with the records of a form; what is not said is left to the server. */
export const mayDo = (form: FormInfo, action: string) => form.may?.[action] !== false;

/** One record (记录) as its reader may see it. */
export type FormRecord = Omit<Answer<'RecordOut'>, 'values' | 'states'> & {
  values: Values;
  states: Partial<Record<string, FieldState>>;
};

/** One change of a record; fields by their ids. */
export type RecordChange = Omit<Answer<'RecordChangeOut'>, 'fields'> & {
  fields: Partial<Record<string, { from: unknown; to: unknown }>>;
};

/** The address of an app in the API. */
export const appPath = (app: string) => `/apps/${encodeURIComponent(app)}`;

/** The address of a form in the API. */
export const formPath = (app: string, form: string) => `${appPath(app)}/forms/${encodeURIComponent(form)}`;

/** The address of a form in the browser: its records. */
export const formPage = (app: string, form: string) => `${appPath(app)}/forms/${encodeURIComponent(form)}`;

export const listApps = (signal?: AbortSignal) =>
  http.get<{ apps: AppInfo[]; next: string | null }>('/apps', { limit: 1000 }, signal);
export const postApp = (code: string, name: string) => http.post<AppInfo>('/apps', { code, name });
export const listForms = (app: string, signal?: AbortSignal) =>
  http.get<{ forms: FormSummary[]; next: string | null }>(`${appPath(app)}/forms`, { limit: 1000 }, signal);
export const postForm = (app: string, code: string, name: string) =>
  http.post<FormInfo>(`${appPath(app)}/forms`, { code, name, fields: [] });
export const getForm = (app: string, form: string, signal?: AbortSignal) =>
  http.get<FormInfo>(formPath(app, form), undefined, signal);

export const findRecords = (app: string, form: string, query: Query, signal?: AbortSignal) =>
  http.get<{ records: FormRecord[]; next: string | null }>(`${formPath(app, form)}/records`, query, signal);
export const getRecord = (app: string, form: string, id: number, signal?: AbortSignal) =>
  http.get<FormRecord>(`${formPath(app, form)}/records/${id}`, undefined, signal);
export const postRecord = (app: string, form: string, values: Values, client_key: string) =>
  http.post<FormRecord>(`${formPath(app, form)}/records`, { values, client_key });
export const patchRecord = (app: string, form: string, id: number, version: number, values: Values) =>
  http.patch<FormRecord>(`${formPath(app, form)}/records/${id}`, { values, version });
export const deleteRecord = (app: string, form: string, record: FormRecord) =>
  http.delete<undefined>(`${formPath(app, form)}/records/${record.id}?version=${record.version}`);
export const getHistory = async (app: string, form: string, id: number, signal?: AbortSignal) =>
  (
    await http.get<{ changes: RecordChange[] }>(
      `${formPath(app, form)}/records/${id}/history`,
      undefined,
      signal,
    )
  ).changes;

const NO_KINDS: Kinds = new Map();

async function getKinds(signal: AbortSignal): Promise<KindInfo[]> {
  try {
    return (await http.get<{ kinds: KindInfo[] }>('/form-kinds', undefined, signal)).kinds;
  } catch (error) {
    // Without the declaration every kind still has the control of its own file.
    if (error instanceof ProblemError && error.problem.status === 404) return [];
    throw error;
  }
}

/** Every kind of field that the server knows, by name. */
export function useKinds(): Kinds {
  const { data } = useQuery({
    queryKey: ['form-kinds', 'map'],
    queryFn: async ({ signal }) => new Map((await getKinds(signal)).map((one) => [one.name, one])),
    staleTime: Infinity,
  });
  return data ?? NO_KINDS;
}

/** An app's name; its code until it is known. */
export function useAppName(app: string): string {
  const { data } = useQuery({ queryKey: ['apps'], queryFn: ({ signal }) => listApps(signal) });
  return data?.apps.find((one) => one.code === app)?.name ?? app;
}

/** A form with its published fields. */
export function useForm(app: string, form: string) {
  return useQuery({
    queryKey: ['apps', app, form],
    queryFn: ({ signal }) => getForm(app, form, signal),
  });
}
