import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { findRecords } from '../../../forms/calls';
import { findGroups } from '../views/calls';
import type { Read, Section } from './layout';

interface SectionLoaderProps {
  app: string;
  form: string;
  section: Section;
  sort: string | null;
  /** How many records a page has. */
  limit: number;
  /** Of a tree: the code of the field that names what a record lies below. */
  parent?: string | undefined;
  onRead: (key: string, read: Read | null) => void;
}

const NO_ROWS: never[] = [];

/** Reads one stretch of a list and tells the list of it; it shows nothing itself. */
export function SectionLoader({ app, form, section, sort, limit, parent, onRead }: SectionLoaderProps) {
  const { key, filter } = section;
  const list = useInfiniteQuery({
    queryKey: ['records', app, form, 'list', filter, sort, limit],
    queryFn: ({ pageParam, signal }) =>
      findRecords(
        app,
        form,
        { filter: filter == null ? undefined : JSON.stringify(filter), sort, after: pageParam, limit },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.records) ?? NO_ROWS, [list.data]);
  const ids = rows.map((row) => String(row.id));
  const below = useQuery({
    queryKey: ['records', app, form, 'groups', 'below', parent, ids],
    queryFn: async ({ signal }) => {
      const counts = new Map<number, number>();
      for (let start = 0; start < ids.length; start += 200) {
        const some = ids.slice(start, start + 200);
        const asked = { by: parent, filter: { field: parent, is: 'one_of', value: some }, limit: 1000 };
        const page = await findGroups(app, form, asked, signal);
        for (const one of page.groups) counts.set(Number(one.value), one.count);
      }
      return counts;
    },
    enabled: parent !== undefined && ids.length > 0,
    placeholderData: (before) => before,
  });
  const { hasNextPage, isFetching, isFetchingNextPage, error, fetchNextPage, refetch } = list;
  const counts = below.data;
  useEffect(() => {
    onRead(key, {
      rows,
      more: hasNextPage,
      busy: isFetching,
      error,
      loadMore: () => {
        if (!isFetchingNextPage) void fetchNextPage();
      },
      retry: () => void refetch(),
      below: counts,
    });
  }, [key, rows, hasNextPage, isFetching, isFetchingNextPage, error, fetchNextPage, refetch, counts, onRead]);
  useEffect(() => () => onRead(key, null), [key, onRead]);
  return null;
}
