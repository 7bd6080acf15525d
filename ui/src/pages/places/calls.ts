import { http } from '../../api/http';
import type { Place } from '../../api/master';

/** What a form of a place holds. */
export type PlaceValues = Omit<Place, 'used' | 'version' | 'path'>;

const path = (code: string) => `/places/${encodeURIComponent(code)}`;

/** The form's values of a place that exists. */
export function valuesOf({ used: _used, version: _version, path: _path, ...values }: Place): PlaceValues {
  return values;
}

export const createPlace = ({ active: _active, ...values }: PlaceValues) =>
  http.post<Place>('/places', { ...values, code: values.code.trim(), parent: values.parent ?? null });

export const changePlace = (version: number, { code, ...values }: PlaceValues) =>
  http.patch<Place>(path(code), { ...values, parent: values.parent ?? null, version });

export const deletePlace = (code: string) => http.delete<undefined>(path(code));

const PAGE = 1000;

/** Everything directly in a place ('' for the roots), however much it is. */
export async function childrenOf(parent: string, signal: AbortSignal): Promise<Place[]> {
  const all: Place[] = [];
  let after: string | null = null;
  do {
    // Written by hand, since an empty parent means the roots and must be sent.
    const query = new URLSearchParams({ parent, limit: String(PAGE), ...(after !== null && { after }) });
    const answer: PlacePage = await http.get<PlacePage>(`/places?${query.toString()}`, undefined, signal);
    all.push(...answer.places);
    after = answer.next;
  } while (after !== null);
  return all;
}

interface PlacePage {
  places: Place[];
  next: string | null;
}
