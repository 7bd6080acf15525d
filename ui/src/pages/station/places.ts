import type { AtStation } from './calls';

/** Where something can be scanned; '' stands for no station in particular. */
export function stationsOf(flows: readonly AtStation[]): string[] {
  const named = [...new Set(flows.flatMap((one) => one.stations))].sort();
  return flows.some((one) => one.stations.length === 0) ? [...named, ''] : named;
}

/** Where this device stands: as somebody has said, or where there is only one place; else undefined. */
export function hereOf(flows: readonly AtStation[], said: string | undefined): string | undefined {
  const stations = stationsOf(flows);
  if (said !== undefined && stations.includes(said)) return said;
  return stations.length === 1 ? stations[0] : undefined;
}
