import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Query } from '../../api/http';
import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { ListPage } from '../../components/KeyPagedTable';

/** A count session (盘点单) in the list. */
export type CountRow = Answer<'StockCountOut'>;
/** One session with who counted, and what is counted again. */
export type Count = Answer<'CountDetail'>;
/** How far a session is. */
export type CountState = CountRow['state'];
/** What a finished count comes to. */
export type Totals = Answer<'CountTotals'>;
/** How far a place is. */
export type CountPlace = Answer<'CountPlace'>;
/** What is expected and counted of a product at a place. */
export type CountGoods = Answer<'CountGoods'>;
/** The answer to a scan, also as the list of scans shows it. */
export type CountScan = Answer<'CountScanOut'>;
/** A scan as it is written down. */
export type CountLine = Answer<'CountLine'>;
/** Something that is not as the books say. */
export type Difference = Answer<'CountDifference'>;
/** What is to be counted at one place, for paper. */
export type SheetLine = Answer<'CountSheetLine'>;
/** What differs of a product. */
export type CountProduct = Answer<'CountProduct'>;
/** What a difference is. */
export type DifferenceKind = Difference['kind'];
/** What is done about a difference. */
export type Decision = Difference['action'];

/** What is to be counted, and how. */
export interface NewCountBody {
  title: string;
  document: string;
  places: string[];
  products: string[];
  tracking: CountRow['tracking'];
  kind: CountRow['kind'];
  blind: boolean;
  same_counter: boolean;
  only: CountRow['only'];
  sample: number;
  abc: CountRow['abc'];
  client_key: string;
}

/** A product at a place, or the whole place. */
export interface Unit {
  place: string;
  product: string | null;
}

/** One scan as it is sent. */
export interface ScanBody {
  raw: string;
  place: string | null;
  quantity: number | null;
  client_key: string;
}

const path = (number: string, rest = '') => `/counts/${encodeURIComponent(number)}${rest}`;
/** Lists of numbers that go on are paged by numbers. */
const asPage = <Row>(rows: Row[], next: number | null): ListPage<Row> => ({
  rows,
  next: next === null ? null : String(next),
});

export async function listCounts(query: Query, signal?: AbortSignal): Promise<ListPage<CountRow>> {
  const found = await http.get<Answer<'CountPage'>>('/counts', query, signal);
  return asPage(found.counts, found.next);
}
export const getCount = (number: string, signal?: AbortSignal, round?: number) =>
  http.get<Count>(path(number), round === undefined ? undefined : { round }, signal);
export const listSheet = (number: string, query: Query, signal?: AbortSignal) =>
  http.get<Answer<'CountSheetPage'>>(path(number, '/sheet'), query, signal);
export const getSummary = (number: string, signal?: AbortSignal) =>
  http.get<Answer<'CountSummary'>>(path(number, '/summary'), undefined, signal);
export const openCount = (body: NewCountBody) => http.post<Count>('/counts', body);
export async function listPlacesOf(
  number: string,
  query: Query,
  signal?: AbortSignal,
): Promise<ListPage<CountPlace>> {
  const found = await http.get<Answer<'CountPlacePage'>>(path(number, '/places'), query, signal);
  return { rows: found.places, next: found.next };
}
export const listGoods = (number: string, place: string, signal?: AbortSignal) =>
  http.get<Answer<'CountGoodsOut'>>(path(number, '/goods'), { place }, signal);
export const listScans = (number: string, query: Query, signal?: AbortSignal) =>
  http.get<Answer<'CountScanPage'>>(path(number, '/scans'), query, signal);
export const sendScan = (number: string, body: ScanBody) =>
  http.post<CountScan>(path(number, '/scans'), body);
export const undoScan = (number: string, seq: number) =>
  http.post<Answer<'CountUndone'>>(path(number, '/scans:undo'), { seq });
export async function listDifferences(
  number: string,
  query: Query,
  signal?: AbortSignal,
): Promise<ListPage<Difference>> {
  const found = await http.get<Answer<'CountDifferencePage'>>(path(number, '/differences'), query, signal);
  return asPage(found.differences, found.next);
}
export const finishCount = (number: string) => http.post<Totals>(path(number, ':finish'));
export const recount = (number: string, units: Unit[] | null) =>
  http.post<Answer<'RecountOut'>>(path(number, ':recount'), { units });
export const decide = (number: string, lines: { line: number; action: Decision; reason: string }[]) =>
  http.post<Answer<'CountDecided'>>(path(number, ':decide'), { lines });
export const approveCount = (number: string) => http.post<Count>(path(number, ':approve'));
export const postCount = (number: string) => http.post<Answer<'CountPosted'>>(path(number, ':post'));
export const cancelCount = (number: string) => http.post<Count>(path(number, ':cancel'));

/** So often a session that others work on is looked at again. */
const POLL_MS = 4_000;
const MOVING: ReadonlySet<CountState> = new Set<CountState>(['open', 'posting']);

/** One session, looked at again while it moves. */
export const useCount = (number: string) =>
  useQuery({
    queryKey: ['counts', 'one', number],
    queryFn: ({ signal }) => getCount(number, signal),
    enabled: number !== '',
    refetchInterval: ({ state }) => (state.data && MOVING.has(state.data.state) ? POLL_MS : false),
  });

/** Look anew at everything of counts. */
export function useRefreshCounts(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: ['counts'] }), [queries]);
}

/** How many scans of this round were not as the books say. */
export const wrongScans = (count: Count) => count.people.reduce((sum, one) => sum + (one.wrong ?? 0), 0);
