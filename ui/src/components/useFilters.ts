import { useCallback, useContext, useMemo } from 'react';
import { UNSAFE_DataRouterContext, useLocation, useSearchParams } from 'react-router';

/**
 * Filters kept in the address, so that they survive reload, going back and being sent to a colleague.
 *
 * `const [filters, setFilters] = useFilters(['state', 'place'] as const)`; an empty value removes its filter.
 */
export function useFilters<Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, (change: Partial<Record<Name, string | null | undefined>>) => void] {
  const [params, setParams] = useSearchParams();
  const router = useContext(UNSAFE_DataRouterContext)?.router;
  const { pathname } = useLocation();
  const key = names.join(' ');
  const filters = useMemo(() => {
    const found: Partial<Record<Name, string>> = {};
    for (const name of key.split(' ') as Name[]) {
      const value = params.get(name);
      if (value !== null && value !== '') found[name] = value;
    }
    return found;
  }, [params, key]);

  const change = useCallback(
    (changes: Partial<Record<Name, string | null | undefined>>) => {
      setParams(
        (before) => {
          // Pages are drawn when there is time for it: a second change builds on where the address is by now.
          const now = router?.state.location;
          const after = new URLSearchParams(now?.pathname === pathname ? now.search : before);
          for (const [name, value] of Object.entries<string | null | undefined>(changes)) {
            if (value === null || value === undefined || value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParams, router, pathname],
  );
  return [filters, change];
}
