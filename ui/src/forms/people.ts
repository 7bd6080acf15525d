import { useQuery } from '@tanstack/react-query';
import { http } from '../api/http';
import type { Answer } from '../api/whole';

/** Somebody or something to choose by name. */
export interface Named {
  value: string;
  label: string;
}

function useDirectory(of: 'users' | 'roles'): Named[] | null {
  const { data, isError } = useQuery({
    queryKey: ['directory', of],
    queryFn: async ({ signal }) => {
      const { names } = await http.get<Answer<'DirectoryPage'>>(`/directory/${of}`, undefined, signal);
      return names.map((one) => ({ value: one.code, label: one.name }));
    },
    retry: false,
    staleTime: 60_000,
  });
  return isError ? null : (data ?? []);
}

/** The users who are active; null where they cannot be listed, and the name of one is typed. */
export const useMembers = () => useDirectory('users');

/** The roles there are. */
export const useRoles = () => useDirectory('roles');

/** The departments that are in use; null where the reader may not list them. */
export function useDepartments(): Named[] | null {
  const { data, isError } = useQuery({
    queryKey: ['departments', 'names'],
    queryFn: async ({ signal }) => {
      const answer = await http.get<{ departments: { code: string; name: string }[] }>(
        '/departments',
        undefined,
        signal,
      );
      return answer.departments.map((one) => ({ value: one.code, label: one.name }));
    },
    retry: false,
    staleTime: 60_000,
  });
  return isError ? null : (data ?? []);
}
