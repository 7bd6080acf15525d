import { useQuery } from '@tanstack/react-query';
import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { Group } from '../../formdesigner/parts';

/** A group of fields that somebody keeps as a template. */
export type FormPart = Omit<Answer<'FormPartOut'>, 'fields' | 'rules'> & Group;

export const PARTS_KEY = ['form-parts'];

/** Every template of fields; all who draw forms share them. */
export function useParts(): FormPart[] {
  const { data } = useQuery({
    queryKey: PARTS_KEY,
    queryFn: ({ signal }) => http.get<{ parts: FormPart[] }>('/form-parts', undefined, signal),
    staleTime: 60_000,
  });
  return data?.parts ?? [];
}

export const keepPart = (name: string, group: Group) =>
  http.post<FormPart>('/form-parts', { name, ...group });
export const deletePart = (code: string) => http.delete(`/form-parts/${encodeURIComponent(code)}`);
