import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { both } from '../asking';
import type { RecordGroup } from '../views/calls';
import { findGroups, joined } from '../views/calls';
import type { ViewBody } from '../views/model';
import { groupText, totalsText } from '../views/model';
import type { Read, Section } from './layout';
import { ROW_HEIGHTS, Stack } from './layout';

interface Asked {
  app: string;
  form: string;
  body: ViewBody;
  /** The filter of the view and what is searched for. */
  filter: unknown;
  /** Of a tree: the code of the field that names what a record lies below. */
  tree: string | undefined;
}

const ROOT = '';

/** The list of a view: groups and stretches of records as far as they were read. */
export function useList({ app, form, body, filter, tree }: Asked) {
  const [reads, setReads] = useState<ReadonlyMap<string, Read>>(new Map());
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set([ROOT]));
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [counting, setCounting] = useState(false);
  const by = tree === undefined ? groupText(body.group) : '';
  const totals = totalsText(body.options);
  const grouped = by !== '';
  const groups = useInfiniteQuery({
    queryKey: ['records', app, form, 'groups', by, filter, totals],
    queryFn: ({ pageParam, signal }) =>
      findGroups(app, form, { by, filter, totals, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: grouped,
    placeholderData: keepPreviousData,
  });
  const whole = useQuery({
    queryKey: ['records', app, form, 'groups', null, filter, totals],
    queryFn: ({ signal }) => findGroups(app, form, { filter, totals }, signal),
    enabled: !grouped && (counting || totals !== undefined),
    placeholderData: keepPreviousData,
  });
  const found = useMemo(
    () => (grouped && groups.data ? joined(groups.data.pages) : []),
    [grouped, groups.data],
  );
  const rowHeight = ROW_HEIGHTS[body.options.row_height ?? 'low'];
  const folded = body.options.folded === true;
  const { stack, sections } = useMemo(() => {
    const stack = new Stack(rowHeight, reads);
    const sections: Section[] = [];
    const put = (
      section: Section,
      depth: number,
      expected?: number,
      open?: (id: number) => Section | null,
    ) => {
      sections.push(section);
      stack.section(section, depth, expected, open);
    };
    const level = (some: readonly RecordGroup[], around: unknown, path: string, depth: number) => {
      for (const one of some) {
        const key = `${path}/${JSON.stringify(one.value)}`;
        const open = toggled.has(key) === folded;
        stack.group(key, one, depth, open);
        const inner = both(around, one.filter);
        if (!open) continue;
        if (one.groups.length > 0) level(one.groups, inner, key, depth + 1);
        else put({ key, filter: inner }, depth + 1, one.count);
      }
    };
    if (tree !== undefined) {
      const open = (id: number): Section | null => {
        const key = `${ROOT}>${id}`;
        if (!toggled.has(key)) return null;
        const section = { key, filter: { field: tree, is: 'equal', value: String(id) } };
        if (!sections.some((one) => one.key === key)) sections.push(section);
        return section;
      };
      put({ key: ROOT, filter }, 0, undefined, open);
    } else if (grouped) level(found, filter, '', 0);
    else put({ key: ROOT, filter }, 0);
    return { stack, sections };
  }, [rowHeight, reads, toggled, folded, found, grouped, filter, tree]);

  const onRead = useCallback((key: string, read: Read | null) => {
    setReads((before) => {
      const next = new Map(before);
      if (read === null) next.delete(key);
      else next.set(key, read);
      return next;
    });
  }, []);
  const want = useCallback((keys: readonly string[]) => {
    setWanted((before) => (keys.every((key) => before.has(key)) ? before : new Set([...before, ...keys])));
  }, []);
  const toggle = (key: string) => {
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
    if (tree !== undefined) want([key]);
  };
  const rows = stack.items.flatMap((one) => (one.kind === 'row' ? [one.record] : []));
  const root = reads.get(ROOT);
  const first = grouped ? groups.data?.pages[0] : whole.data;
  const complete = !grouped && tree === undefined && root !== undefined && !root.more && !root.busy;
  return {
    items: stack.items,
    height: stack.height,
    rowHeight,
    rows,
    reads,
    toggle,
    want,
    onRead,
    /** The stretches to be read now. */
    loading: sections.filter((one) => wanted.has(one.key)),
    groups,
    /** Count and totals of everything, once they are known. */
    count: first?.count ?? (complete ? root.rows.length : undefined),
    totals: first?.totals,
    countAll: () => setCounting(true),
    counting: whole.isFetching,
    empty: grouped
      ? groups.isSuccess && found.length === 0
      : root?.rows.length === 0 && !root.busy && !root.error,
    error: grouped ? groups.error : root?.rows.length === 0 ? root.error : null,
    retry: () => (grouped ? void groups.refetch() : root?.retry()),
    pending: grouped && groups.isPending,
  };
}

/** A list and how far it was read. */
export type List = ReturnType<typeof useList>;
