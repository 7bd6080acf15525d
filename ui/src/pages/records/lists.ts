import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { FormRecord } from '../../forms/calls';

interface RecordPage {
  records: FormRecord[];
  next: string | null;
}

/** Put a record that was changed into every list that shows it, where it stands; counts and totals are asked anew. */
export function changedInLists(
  queries: QueryClient,
  app: string,
  form: string,
  after: FormRecord,
  codes: readonly string[],
): void {
  queries.setQueriesData<InfiniteData<RecordPage>>(
    { queryKey: ['records', app, form, 'list'] },
    (before) =>
      before && {
        ...before,
        pages: before.pages.map((page) =>
          page.records.some((one) => one.id === after.id)
            ? { ...page, records: page.records.map((one) => (one.id === after.id ? after : one)) }
            : page,
        ),
      },
  );
  queries.setQueryData(['records', app, form, 'one', after.id], after);
  void queries.invalidateQueries({ queryKey: ['records', app, form, 'groups'] });
  void queries.invalidateQueries({ queryKey: ['records', app, form, 'history', after.id] });
  // Lists that go by the field may show the record elsewhere, or no longer.
  void queries.invalidateQueries({
    queryKey: ['records', app, form, 'list'],
    predicate: ({ queryKey }) => codes.some((code) => names(queryKey[4], code) || names(queryKey[5], code)),
  });
}

/** Whether a filter or an order names a field. */
export function names(part: unknown, code: string): boolean {
  if (typeof part === 'string') return part.replace(/^-/, '') === code;
  if (Array.isArray(part)) return part.some((one) => names(one, code));
  if (typeof part !== 'object' || part === null) return false;
  return Object.entries(part).some(([key, value]) =>
    key === 'field' ? value === code : key === 'and' || key === 'or' ? names(value, code) : false,
  );
}
