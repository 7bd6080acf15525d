import { useQuery } from '@tanstack/react-query';
import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { Difference } from '../../formdesigner/comparing';
import type { Declaration } from '../../formdesigner/declared';
import type { FormInfo } from '../../forms/calls';
import { formPath, getForm } from '../../forms/calls';
import type { FormField, Rule } from '../../forms/model';

/** What is drawn and not published. */
export type FormDraft = Omit<Answer<'FormDraftOut'>, 'fields' | 'rules'> & {
  fields: FormField[];
  rules: Rule[];
};

/** What publishing does, or would do, to the data. */
export type Report = Omit<Answer<'FormReport'>, 'differences'> & { differences: Difference[] };

/** Which rows a grant reaches. */
export interface Scope {
  kind: string;
  field?: string;
  values?: string[];
  filter?: unknown;
}

/** What a role may do with a form. */
export interface Grant {
  role: string;
  actions: string[];
  scopes: Scope[];
  /** The fields that are not simply writable, by their ids. */
  fields: Record<string, string>;
}

/** A form as the designer begins with it: the draft, or the version in force where nothing is drawn. */
export interface Drawn {
  form: FormInfo;
  fields: FormField[];
  rules: Rule[];
  base: number;
  /** Of the draft; null where there is none. */
  revision: number | null;
  savedAt: string | null;
}

/** Read a form for drawing. */
export async function getDrawn(app: string, code: string, signal?: AbortSignal): Promise<Drawn> {
  const form = await getForm(app, code, signal);
  if (!form.draft) {
    const { fields, rules = [] } = form;
    return { form, fields, rules, base: form.version ?? 0, revision: null, savedAt: null };
  }
  const draft = await http.get<FormDraft>(`${formPath(app, code)}/draft`, undefined, signal);
  const { fields, rules, base, revision } = draft;
  return { form, fields, rules, base, revision, savedAt: draft.saved_at };
}

export const putDraft = (
  app: string,
  code: string,
  body: { base: number; revision: number | null; fields: FormField[]; rules: Rule[] },
) => http.put<FormDraft>(`${formPath(app, code)}/draft`, body);
export const tryOut = (app: string, code: string) => http.post<Report>(`${formPath(app, code)}/try`);
export const publishForm = (
  app: string,
  code: string,
  body: { base: number; note: string; accept_misfits: boolean },
) => http.post<Report>(`${formPath(app, code)}/publish`, body);
export const getVersions = (app: string, code: string, signal?: AbortSignal) =>
  http.get<Answer<'VersionsOut'>>(`${formPath(app, code)}/versions`, undefined, signal);
export const restoreVersion = (app: string, code: string, version: number) =>
  http.post<FormDraft>(`${formPath(app, code)}/restore`, { version });
export const getGrants = async (app: string, code: string, signal?: AbortSignal) =>
  (await http.get<{ grants: Grant[] }>(`${formPath(app, code)}/rights`, undefined, signal)).grants;
export const putGrants = async (app: string, code: string, grants: Grant[]) =>
  (await http.put<{ grants: Grant[] }>(`${formPath(app, code)}/rights`, { grants })).grants;

/** All that can be put on a form. */
export function useDeclaration() {
  return useQuery({
    queryKey: ['form-kinds', 'declaration'],
    queryFn: ({ signal }) => http.get<Declaration>('/form-kinds', undefined, signal),
    staleTime: Infinity,
  });
}
