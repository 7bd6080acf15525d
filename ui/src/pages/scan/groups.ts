/** How operations are grouped where one is chosen; what is not named here stands under `other`. */
export const GROUPS: Record<string, string[]> = {
  in: ['receive', 'putaway', 'return_', 'store_receive', 'check_in'],
  inside: ['move', 'count', 'inspect', 'hold', 'release', 'pack', 'unpack', 'adjust', 'relabel'],
  out: ['pick', 'ship', 'issue', 'check_out', 'activate'],
  make: ['assemble', 'install', 'swap', 'remove', 'disassemble'],
  service: ['repair_in', 'repair_out', 'exchange', 'scrap'],
  recall: ['recall_mark', 'recall_clear'],
};

/** The group of an operation. */
export function groupOf(operation: string): string {
  return Object.keys(GROUPS).find((group) => GROUPS[group]?.includes(operation)) ?? 'other';
}

/** Operations that need an event and not scans; they are reached from a life history. */
export const NOT_SCANNED = new Set(['correct', 'commission']);

const KEY = 'mazhi.scan-recent';
const MOST = 4;

/** The operations that this browser used last. */
export function recentOperations(): string[] {
  return JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[];
}

/** Remember that an operation was used. */
export function rememberOperation(name: string): void {
  const names = [name, ...recentOperations().filter((one) => one !== name)].slice(0, MOST);
  localStorage.setItem(KEY, JSON.stringify(names));
}
