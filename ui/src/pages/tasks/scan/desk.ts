import type { Problem } from '../../../api/problem';
import type { Scanned, ScanReply } from './calls';

/** What the last scan came to. */
export interface Told {
  /** A number of its own, so that the same answer twice is seen twice. */
  at: number;
  kind: 'right' | 'wrong' | 'again';
  raw: string;
  message: string;
  advice: string;
  reply: ScanReply | null;
}

/** What goes on at a scan task on this device. */
export interface Desk {
  /** Scans that were read and not answered yet, in their order. */
  queue: readonly Scanned[];
  told: Told | null;
  /** A wrong one waits to be acknowledged: nothing is taken, nothing is sent. */
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
    case 'undone':
      return desk.told?.reply?.seq === it.seq ? { ...desk, told: null } : desk;
    case 'paused':
      return { ...desk, paused: it.on };
  }
}

/** What waits is sent next, unless something wrong stands in the way. */
export const toSend = (desk: Desk): Scanned | null => (desk.stopped ? null : (desk.queue[0] ?? null));

function taken(desk: Desk, scanned: Scanned): Desk {
  if (scanned.raw.trim() === '') return desk;
  if (desk.stopped || desk.paused) return { ...desk, ignored: desk.ignored + 1 };
  return { ...desk, queue: [...desk.queue, scanned] };
}

function answered(desk: Desk, reply: ScanReply): Desk {
  const [first, ...rest] = desk.queue;
  const kind = kindOf(reply);
  const told: Told = {
    at: desk.answered + 1,
    kind,
    raw: first?.raw ?? '',
    message: reply.message,
    advice: reply.advice,
    reply,
  };
  // What was read meanwhile waits: it is neither lost nor counted before the wrong one is dealt with.
  return { ...desk, queue: rest, told, stopped: kind === 'wrong', offline: false, answered: told.at };
}

function refused(desk: Desk, problem: Problem): Desk {
  const [first, ...rest] = desk.queue;
  const told: Told = {
    at: desk.answered + 1,
    kind: 'wrong',
    raw: first?.raw ?? '',
    message: problem.detail ?? problem.title,
    advice: problem.advice ?? '',
    reply: null,
  };
  return { ...desk, queue: rest, told, stopped: true, offline: false, answered: told.at };
}

function kindOf(reply: ScanReply): Told['kind'] {
  if (reply.answer === 'duplicate') return 'again';
  return reply.answer === 'wrong' ? 'wrong' : 'right';
}
