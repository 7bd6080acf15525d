import { useQuery } from '@tanstack/react-query';
import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { Waiting } from './desk';

/** A flow that the reader can start by scanning; it is bound to no station where it names none. */
export type AtStation = Answer<'FlowStation'>;

/** What a scan did with one flow. */
export type Started = Answer<'FlowScanned'>;

const FRESH_MS = 5 * 60_000;

/** The flows that the reader can start by scanning. */
export const useStations = () =>
  useQuery({
    queryKey: ['flow-stations'],
    queryFn: async ({ signal }) =>
      (await http.get<Answer<'FlowStations'>>('/flow-stations', undefined, signal)).flows,
    staleTime: FRESH_MS,
    // An entry of the menu that cannot be asked for is only not there.
    retry: false,
  });

export const sendScan = async ({ raw, station, client_key }: Waiting) =>
  (await http.post<Answer<'FlowScans'>>('/flow-scans', { raw, station, client_key })).results;
