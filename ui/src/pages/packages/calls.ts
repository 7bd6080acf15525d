import { useQuery } from '@tanstack/react-query';
import { newClientKey } from '../../api/clientKey';
import type { Query } from '../../api/http';
import { http } from '../../api/http';
import { postOperation } from '../../api/operations';
import type { Answer } from '../../api/whole';

/** A package and what is in it. */
export type Box = Answer<'PackageOut'>;

/** A package type (包装类型): how many go in, and what may be mixed. */
export type PackageType = Answer<'PackageTypeOut'>;

/** What is in a package now. */
export function useBox(code: string) {
  return useQuery({
    queryKey: ['life', code, '', 'box'],
    queryFn: ({ signal }) => http.get<Box>(`/packages/${encodeURIComponent(code)}`, undefined, signal),
  });
}

export const postCheck = (code: string, codes: string[]) =>
  http.post<Answer<'CheckOut'>>(`/packages/${encodeURIComponent(code)}:check`, { codes });

export const listTypes = async (query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'PackageTypes'>>('/package-types', query, signal);
  return { rows: answer.types, next: answer.next };
};

/** What a form of a package type holds. */
export type TypeValues = Omit<PackageType, 'version'>;

export const createType = ({ active: _active, ...values }: TypeValues) =>
  http.post<PackageType>('/package-types', values);
export const changeType = (version: number, { code, ...values }: TypeValues) =>
  http.patch<PackageType>(`/package-types/${encodeURIComponent(code)}`, { ...values, version });

export const postPack = (box: string, code: string, repack: boolean) =>
  postOperation('pack', {
    items: [code],
    data: { into: box, ...(repack && { from_package: true }) },
    client_key: newClientKey(),
  });

export const postUnpack = (codes: string[]) =>
  postOperation('unpack', { items: codes, data: {}, client_key: newClientKey() });

export const postEmpty = (box: string) =>
  postOperation('unpack', { items: [], data: { package: box }, client_key: newClientKey() });
