/** What may be done about a piece, in the order in which it is offered, and whether it ends the matter. */
export const ACTIONS = [
  'hold',
  'notify',
  'contact',
  'schedule',
  'unreachable',
  'refuse',
  'returning',
  'return',
  'rework',
  'replace',
  'destroy',
  'not_found',
  'clear',
  'reopen',
] as const;

/** What may be registered by scanning a piece that is at hand. */
export const AT_HAND = ['rework', 'replace', 'return', 'destroy', 'clear', 'returning'] as const;

/** Actions that a red button and a second thought belong to. */
export const DESTROYING = new Set(['destroy']);

/** Statuses after which nothing is left to do. */
export const HANDLED = ['returned', 'reworked', 'replaced', 'destroyed', 'cleared'];

/** The kinds of work left, in the order of the tabs. */
export const LEFT = [
  'open',
  'notified',
  'contacted',
  'scheduled',
  'unreachable',
  'refused',
  'returning',
  'not_found',
];

/** One tab of work, with how many pieces are in it; its key is the status to ask for. */
export interface WorkTab {
  key: string;
  count: number;
}

/** The tabs: what is left by kind, what is done, all; they add up. */
export function workTabs(counts: { status: string; total: number }[], total: number): WorkTab[] {
  const byStatus = Object.fromEntries(counts.map((one) => [one.status, one.total]));
  const sum = (statuses: string[]) => statuses.reduce((all, one) => all + (byStatus[one] ?? 0), 0);
  return [
    { key: 'unhandled', count: sum(LEFT) },
    ...LEFT.filter((status) => (byStatus[status] ?? 0) > 0).map((status) => ({
      key: status,
      count: byStatus[status] ?? 0,
    })),
    { key: 'handled', count: sum(HANDLED) },
    { key: 'all', count: total },
  ];
}

/** The colour of a status. */
export function toneOf(status: string): 'green' | 'amber' | 'red' | 'ink' | 'grey' {
  if (HANDLED.includes(status)) return 'green';
  if (status === 'unreachable' || status === 'not_found') return 'amber';
  if (status === 'refused') return 'red';
  return status === 'open' ? 'grey' : 'ink';
}

/** Seconds as h:mm:ss. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
