import type { Problem } from '../../api/problem';
import type { Started } from './calls';

/** A scan that was read and not answered yet. */
export interface Waiting {
  raw: string;
  station: string;
  client_key: string;
}

/** What a scan came to: a flow was started, none was, or it runs there already. */
export type Kind = 'right' | 'wrong' | 'again';

/** One answered scan. */
export interface Told {
  key: string;
  /** When, in milliseconds. */
  at: number;
  kind: Kind;
  raw: string;
  station: string;
  started: readonly Started[];
  message: string;
  advice: string;
}

/** What goes on at a station on this device. */
export interface Desk {
  /** In the order in which they were read. */
  queue: readonly Waiting[];
  told: Told | null;
  /** A wrong scan waits to be looked at: nothing is taken and nothing sent. */
  stopped: boolean;
  offline: boolean;
  /** The last answers, the newest first. */
  rows: readonly Told[];
  /** How often something was scanned that was not taken. */
  ignored: number;
}

/** Everything that can happen there. */
export type Happening =
  | { what: 'scanned'; scan: Waiting }
  | { what: 'answered'; started: readonly Started[]; at: number }
  | { what: 'refused'; problem: Problem; at: number }
  | { what: 'offline' }
  | { what: 'acknowledged' };

/** So many answers are kept. */
export const KEPT = 20;

export const EMPTY: Desk = { queue: [], told: null, stopped: false, offline: false, rows: [], ignored: 0 };

/** The desk after something has happened. */
export function happened(desk: Desk, it: Happening): Desk {
  switch (it.what) {
    case 'scanned':
      if (it.scan.raw === '') return desk;
      if (desk.stopped) return { ...desk, ignored: desk.ignored + 1 };
      return { ...desk, queue: [...desk.queue, it.scan] };
    case 'answered':
      return told(desk, it.at, { kind: kindOf(it.started), started: it.started, ...saidOf(it.started) });
    case 'refused': {
      const { problem } = it;
      const first = problem.errors?.[0];
      const message = first?.message ?? problem.detail ?? problem.title;
      const advice = problem.advice ?? first?.advice ?? '';
      return told(desk, it.at, { kind: 'wrong', started: [], message, advice });
    }
    case 'offline':
      return desk.offline ? desk : { ...desk, offline: true };
    case 'acknowledged':
      return desk.stopped ? { ...desk, stopped: false, told: null } : desk;
  }
}

/** What waits is sent next, unless something stands in the way. */
export const toSend = (desk: Desk): Waiting | null => (desk.stopped ? null : (desk.queue[0] ?? null));

function told(desk: Desk, at: number, said: Pick<Told, 'kind' | 'started' | 'message' | 'advice'>): Desk {
  const [first, ...queue] = desk.queue;
  if (first === undefined) return desk;
  const one = { ...said, key: first.client_key, at, raw: first.raw, station: first.station };
  return {
    ...desk,
    queue,
    told: one,
    stopped: said.kind === 'wrong',
    offline: false,
    rows: [one, ...desk.rows].slice(0, KEPT),
  };
}

/** Right where anything was started; again where nothing was because it runs already. */
function kindOf(started: readonly Started[]): Kind {
  if (started.some((one) => one.id !== null)) return 'right';
  return started.length > 0 && started.every((one) => one.running !== null) ? 'again' : 'wrong';
}

/** Why those that were not started were not; that something runs already is told by its kind. */
function saidOf(started: readonly Started[]): { message: string; advice: string } {
  const problems = started.flatMap((one) => (one.running === null ? one.problems : []));
  return {
    message: [...new Set(problems.map((one) => one.message))].join('；'),
    advice: [...new Set(problems.map((one) => one.advice))].filter(Boolean).join(' '),
  };
}
