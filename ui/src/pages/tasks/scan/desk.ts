import type { Problem } from '../../../api/problem';
import type { Scanned, ScanEntry, ScanReply } from './calls';

/** What the last scan came to; `ask`: how much it is has to be said. */
export interface Told {
  /** A number of its own, so that the same answer twice is seen twice. */
  at: number;
  kind: 'right' | 'wrong' | 'again' | 'ask';
  raw: string;
  /** Why, for machines. */
  code: string;
  message: string;
  advice: string;
  line: ScanEntry | null;
}

/** What goes on at a scan task on this device. */
export interface Desk {
  /** Scans that were read and not answered yet, in their order. */
  queue: readonly Scanned[];
  told: Told | null;
  /** Something waits to be dealt with: nothing is taken, nothing is sent. */
  stopped: boolean;
  paused: boolean;
  offline: boolean;
  /** How many were answered. */
  answered: number;
  /** How often something was scanned that was not taken. */
  ignored: number;
}

/** Everything that can happen at it. */
export type Happening =
  | { what: 'scanned'; scanned: Scanned }
  | { what: 'answered'; reply: ScanReply }
  | { what: 'refused'; problem: Problem }
  | { what: 'offline' }
  | { what: 'acknowledged' }
  | { what: 'counted'; quantity: number; client_key: string }
  | { what: 'undone'; seq: number }
  | { what: 'paused'; on: boolean };

export const EMPTY: Desk = {
  queue: [],
  told: null,
  stopped: false,
  paused: false,
  offline: false,
  answered: 0,
  ignored: 0,
};

/** The desk after something has happened. */
export function happened(desk: Desk, it: Happening): Desk {
  switch (it.what) {
    case 'scanned':
      return taken(desk, it.scanned);
    case 'answered':
      return answered(desk, it.reply);
    case 'refused':
      return refused(desk, it.problem);
    case 'offline':
      return desk.offline ? desk : { ...desk, offline: true };
    case 'acknowledged':
      return desk.stopped ? { ...desk, stopped: false, told: null } : desk;
    case 'counted':
      return counted(desk, it.quantity, it.client_key);
    case 'undone':
      return desk.told?.line?.seq === it.seq ? { ...desk, told: null } : desk;
    case 'paused':
      return { ...desk, paused: it.on };
  }
}

/** What waits is sent next, unless something stands in the way. */
export const toSend = (desk: Desk): Scanned | null => (desk.stopped ? null : (desk.queue[0] ?? null));

function taken(desk: Desk, scanned: Scanned): Desk {
  if (scanned.raw.trim() === '') return desk;
  if (desk.stopped || desk.paused) return { ...desk, ignored: desk.ignored + 1 };
  return { ...desk, queue: [...desk.queue, scanned] };
}

function answered(desk: Desk, reply: ScanReply): Desk {
  const { code, message, advice, line } = reply;
  // What was read meanwhile waits: it is neither lost nor counted before the wrong one is dealt with.
  return next(desk, kindOf(reply), reply.stop || reply.ask, { code, message, advice, line });
}

function refused(desk: Desk, problem: Problem): Desk {
  const message = problem.detail ?? problem.title;
  const first = problem.errors?.[0];
  const said = first === undefined ? message : first.message;
  const advice = problem.advice ?? first?.advice ?? '';
  return next(desk, 'wrong', true, { code: problem.code, message: said, advice, line: null });
}

function next(
  desk: Desk,
  kind: Told['kind'],
  stopped: boolean,
  said: Omit<Told, 'at' | 'kind' | 'raw'>,
): Desk {
  const [first, ...rest] = desk.queue;
  const at = desk.answered + 1;
  return {
    ...desk,
    queue: rest,
    told: { ...said, at, kind, raw: first?.raw ?? '' },
    stopped,
    offline: false,
    answered: at,
  };
}

/** How much it is was said: the scan goes again, before everything that was read since. */
function counted(desk: Desk, quantity: number, client_key: string): Desk {
  if (desk.told?.kind !== 'ask') return desk;
  const scanned = { raw: desk.told.raw, quantity, manual: false, client_key };
  return { ...desk, stopped: false, told: null, queue: [scanned, ...desk.queue] };
}

function kindOf(reply: ScanReply): Told['kind'] {
  if (reply.ask) return 'ask';
  if (reply.answer === 'duplicate') return 'again';
  return reply.answer;
}

const PASSABLE: Partial<Record<string, string>> = {
  task_scan_extra: 'extra',
  task_scan_not_listed: 'extra',
  task_scan_wrong_product: 'wrong_product',
  task_scan_wrong_batch: 'wrong_batch',
  scan_wrong_state: 'wrong_state',
  scan_wrong_place: 'wrong_place',
  scan_no_place: 'wrong_place',
  held: 'held',
  recalled: 'recalled',
};

/** As what a wrong scan may be let pass by somebody who may; null where nobody can. */
export const passableAs = (told: Told): string | null =>
  told.kind === 'wrong' && told.line !== null ? (PASSABLE[told.code] ?? null) : null;
