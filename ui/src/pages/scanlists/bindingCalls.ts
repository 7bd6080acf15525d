import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import { formPath } from '../../forms/calls';
import type { Values } from '../../forms/model';

/** Parts compared with the bill of materials of their item. */
export type PartCheck = Answer<'PartsOut'>;

/** What was scanned out of a package compared with what should be in it. */
export type PackageCheck = Answer<'CheckOut'>;

export const checkParts = (item: string, parts: string[]) =>
  http.post<PartCheck>('/part-checks', { item, parts });
export const checkPackage = (box: string, codes: string[]) =>
  http.post<PackageCheck>(`/packages/${encodeURIComponent(box)}:check`, { codes });
export const askQuery = async (app: string, form: string, field: string, values: Values) =>
  (
    await http.post<{ values: Values }>(`${formPath(app, form)}/queries/${encodeURIComponent(field)}`, {
      values,
    })
  ).values;
