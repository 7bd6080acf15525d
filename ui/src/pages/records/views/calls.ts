import { http } from '../../../api/http';
import { formPath } from '../../../forms/calls';
import type { SavedView, ViewBody } from './model';

/** The records that share a value. */
export interface RecordGroup {
  value: unknown;
  title: string | null;
  filter: Record<string, unknown>;
  count: number;
  totals: Record<string, unknown>;
  groups: RecordGroup[];
}

/** One page of groups, and count and totals of all. */
export interface GroupPage {
  groups: RecordGroup[];
  next: string | null;
  count: number;
  totals: Record<string, unknown>;
}

/** What a view is saved as. */
export interface ViewSaved extends ViewBody {
  name: string;
  shared: boolean;
  default: boolean;
}

const path = (app: string, form: string) => `${formPath(app, form)}/views`;

/** The views of a form that this reader has. */
export interface Views {
  views: SavedView[];
  /** Fields that are hidden from the reader in every row. */
  hidden: string[];
  /** Fields that the reader does not see whole in every row: nothing is sorted or grouped by them. */
  partial: string[];
}

export const listViews = (app: string, form: string, signal?: AbortSignal) =>
  http.get<Views>(path(app, form), undefined, signal);
export const postView = (app: string, form: string, view: ViewSaved) =>
  http.post<SavedView>(path(app, form), view);
export const putView = (app: string, form: string, id: string, version: number, view: ViewSaved) =>
  http.put<SavedView>(`${path(app, form)}/${id}`, { ...view, version });
export const deleteView = (app: string, form: string, view: SavedView) =>
  http.delete<undefined>(`${path(app, form)}/${view.id}?version=${view.version}`);

interface Asked {
  by?: string | undefined;
  filter?: unknown;
  totals?: string | undefined;
  after?: string | undefined;
  limit?: number;
}

/** Count and add up records in groups; without `by` all of them. */
export const findGroups = (app: string, form: string, asked: Asked, signal?: AbortSignal) =>
  http.get<GroupPage>(
    `${formPath(app, form)}/records:groups`,
    { ...asked, filter: asked.filter == null ? undefined : JSON.stringify(asked.filter) },
    signal,
  );

/** Groups of several pages as one list: a group that goes on over a page is one. */
export function joined(pages: readonly GroupPage[]): RecordGroup[] {
  const found: RecordGroup[] = [];
  for (const page of pages) {
    for (const one of page.groups) {
      const last = found.at(-1);
      if (last !== undefined && one.groups.length > 0 && last.value === one.value) {
        found[found.length - 1] = { ...last, groups: [...last.groups, ...one.groups] };
      } else found.push(one);
    }
  }
  return found;
}
