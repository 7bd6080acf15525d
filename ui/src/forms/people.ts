import { useQuery } from '@tanstack/react-query';
import { http } from '../api/http';

/** Somebody or something to choose by name. */
export interface Named {
  value: string;
  label: string;
}

/** The users who are active; null where the reader may not list them, and then types the name of one. */
export function useMembers(): Named[] | null {
  const { data, isError } = useQuery({
    queryKey: ['members'],
    queryFn: async ({ signal }) => {
      const { users } = await http.get<{ users: { username: string; name: string }[] }>(
        '/users',
        { active: true, limit: 1000 },
        signal,
      );
      return users.map((one) => ({ value: one.username, label: one.name === '' ? one.username : one.name }));
    },
    retry: false,
    staleTime: 60_000,
  });
  return isError ? null : (data ?? []);
}

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
