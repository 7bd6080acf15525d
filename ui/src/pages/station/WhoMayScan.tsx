import type { ReactNode } from 'react';
import { useStations } from './calls';

/** The entry of the navigation, for whom there is something to start by scanning. */
export function WhoMayScan({ children }: { children: ReactNode }) {
  const { data } = useStations();
  return data !== undefined && data.length > 0 ? children : null;
}
