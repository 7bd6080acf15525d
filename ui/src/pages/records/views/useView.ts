import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFilters } from '../../../components/useFilters';
import type { Views } from './calls';
import { listViews } from './calls';
import type { SavedView, ViewBody } from './model';
import { ALL, groupText, readGroup, written } from './model';

/** What somebody changed in a view and did not save: how it looks stays in this browser, what it finds in the address. */
interface Draft {
  version: number;
  kind?: ViewBody['kind'];
  columns?: ViewBody['columns'];
  options?: ViewBody['options'];
}

const NONE = '-';
const BUILT_IN = 'all';
const NONE_HIDDEN: readonly string[] = [];

/** The view that a page shows: a saved one, or all records, with what was changed since. */
export function useView(app: string, form: string) {
  const queries = useQueryClient();
  const queryKey = ['form-views', app, form];
  const list = useQuery({ queryKey, queryFn: ({ signal }) => listViews(app, form, signal) });
  const [address, setAddress] = useFilters(['view', 'f', 'sort', 'g'] as const);
  const views = list.data?.views ?? [];
  const usual = views.find((one) => one.default && !one.shared) ?? views.find((one) => one.default);
  const saved =
    address.view === undefined ? usual : views.find((one) => one.id === address.view && one.id !== BUILT_IN);
  const id = saved?.id ?? BUILT_IN;
  const version = saved?.version ?? 0;
  const key = `mazhi.view.${app}/${form}/${id}`;
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const kept = drafts[key] ?? stored(key);
  const draft: Draft = kept.version === version ? kept : { version };
  const base: ViewBody = saved ?? ALL;
  const body: ViewBody = {
    kind: draft.kind ?? base.kind,
    columns: draft.columns ?? base.columns,
    options: draft.options ?? base.options,
    filter: address.f === undefined ? base.filter : parsed(address.f),
    sort: address.sort === undefined ? base.sort : address.sort === NONE ? null : address.sort,
    group: address.g === undefined ? base.group : readGroup(address.g),
  };

  const keep = (next: Draft) => {
    if (next.kind === undefined && next.columns === undefined && next.options === undefined)
      localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(next));
    setDrafts((before) => ({ ...before, [key]: next }));
  };
  const change = (part: Partial<ViewBody>) => {
    const { kind, columns, options } = part;
    if (kind !== undefined || columns !== undefined || options !== undefined) {
      keep({
        ...draft,
        ...(kind !== undefined && { kind }),
        ...(columns !== undefined && { columns }),
        ...(options !== undefined && { options }),
      });
    }
    const asked: Partial<Record<'f' | 'sort' | 'g', string | null>> = {};
    if ('filter' in part) {
      const text = JSON.stringify(part.filter ?? null);
      asked.f = text === JSON.stringify(base.filter ?? null) ? null : text;
    }
    if ('sort' in part) asked.sort = part.sort === base.sort ? null : (part.sort ?? NONE);
    if (part.group !== undefined) {
      const text = groupText(part.group);
      asked.g = text === groupText(base.group) ? null : text === '' ? NONE : text;
    }
    if (Object.keys(asked).length > 0) setAddress(asked);
  };
  const settle = () => {
    keep({ version });
    setAddress({ f: null, sort: null, g: null });
  };
  return {
    list,
    views,
    hidden: list.data?.hidden ?? NONE_HIDDEN,
    partial: list.data?.partial ?? NONE_HIDDEN,
    /** The saved view behind; undefined where all records are shown. */
    saved,
    id,
    body,
    dirty: written(body) !== written(base),
    change,
    reset: settle,
    /** Go to another view; what was asked of this one stays behind. */
    choose: (view: string) => setAddress({ view, f: null, sort: null, g: null }),
    /** A view was saved: it is the one shown now, as it was saved. */
    took: (view: SavedView) => {
      queries.setQueryData<Views>(queryKey, (before) => {
        if (before === undefined) return before;
        const others = before.views
          .filter((one) => one.id !== view.id)
          .map((one) => ({ ...one, default: one.default && !(view.default && one.shared === view.shared) }));
        const place = before.views.findIndex((one) => one.id === view.id);
        return { ...before, views: others.toSpliced(place < 0 ? others.length : place, 0, view) };
      });
      localStorage.removeItem(key);
      setDrafts((before) => ({ ...before, [key]: { version: -1 } }));
      setAddress({ view: view.id, f: null, sort: null, g: null });
      void queries.invalidateQueries({ queryKey });
    },
    dropped: () => {
      setAddress({ view: BUILT_IN, f: null, sort: null, g: null });
      void queries.invalidateQueries({ queryKey });
    },
    refresh: () => queries.invalidateQueries({ queryKey }),
  };
}

/** What is known of the view that a page shows. */
export type CurrentView = ReturnType<typeof useView>;

function stored(key: string): Draft {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof found === 'object' && found !== null && 'version' in found) return found as Draft;
  } catch {
    // Somebody else wrote there: then nothing was changed.
  }
  return { version: -1 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
