import type { Problem } from '../../../api/problem';
import type { CountLine, CountScan } from '../calls';

/** A scan that is on its way. */
export interface Scanned {
  raw: string;
  /** Null: what the code says, else one. */
  quantity: number | null;
  /** Null: where the desk is when it is sent. */
  place: string | null;
  client_key: string;
}

/**
 * What the last scan came to. `noted`: it is written down, but the books say otherwise; `unknown`: it is kept, nobody
 * knows what it is; `wrong`: it is not counted.
 */
export type ToldKind = 'right' | 'noted' | 'unknown' | 'again' | 'wrong' | 'place';

/** The last answer. */
export interface Told {
  /** A number of its own, so that the same answer twice is seen twice. */
  at: number;
  kind: ToldKind;
  raw: string;
  message: string;
  advice: string;
  line: CountLine | null;
  /** How many came out of a package that was scanned; null where it was none. */
  box: number | null;
  /** Goods without numbers, of which so far one is counted: how many they are may be said. */
  ask: boolean;
}

/** What goes on at a counting desk on this device. */
export interface Desk {
  /** Scans that were read and not answered yet, in their order. */
  queue: readonly Scanned[];
  told: Told | null;
  /** Where the next scans are. */
  place: string | null;
  /** Something that is not counted waits to be looked at: nothing is taken, nothing is sent. */
  stopped: boolean;
  paused: boolean;
  offline: boolean;
  answered: number;
  /** How often something was scanned that was not taken. */
  ignored: number;
}

/** Everything that can happen at it. */
export type Happening =
  | { what: 'scanned'; scanned: Scanned }
  | { what: 'answered'; reply: CountScan }
  | { what: 'refused'; problem: Problem }
  | { what: 'offline' }
  | { what: 'acknowledged' }
  | { what: 'went'; place: string | null }
  | { what: 'amended'; scanned: Scanned }
  | { what: 'undone'; seq: number }
  | { what: 'paused'; on: boolean };

/** A desk where nothing has happened yet. */
export const EMPTY: Desk = {
  queue: [],
  told: null,
  place: null,
  stopped: false,
  paused: false,
  offline: false,
  answered: 0,
  ignored: 0,
};

const BOX = 'count_box';

/** The desk after something has happened. */
export function happened(desk: Desk, it: Happening): Desk {
  switch (it.what) {
    case 'scanned':
      if (it.scanned.raw.trim() === '') return desk;
      if (desk.stopped || desk.paused) return { ...desk, ignored: desk.ignored + 1 };
      return { ...desk, queue: [...desk.queue, it.scanned] };
    case 'answered':
      return answered(desk, it.reply);
    case 'refused':
      return refused(desk, it.problem);
    case 'offline':
      return desk.offline ? desk : { ...desk, offline: true };
    case 'acknowledged':
      return desk.stopped ? { ...desk, stopped: false, told: null } : desk;
    case 'went':
      // What was read before belongs to where it was read.
      return desk.queue.length > 0 ? desk : { ...desk, place: it.place, told: null };
    case 'amended':
      return { ...desk, told: null, queue: [it.scanned, ...desk.queue] };
    case 'undone':
      return desk.told?.line?.seq === it.seq ? { ...desk, told: null } : desk;
    case 'paused':
      return { ...desk, paused: it.on };
  }
}

/** What waits is sent next, unless something stands in the way. */
export const toSend = (desk: Desk): Scanned | null => (desk.stopped ? null : (desk.queue[0] ?? null));

/** What an answer means to whoever counts. */
export function kindOf(reply: CountScan): ToldKind {
  switch (reply.answer) {
    case 'place':
      return 'place';
    case 'unknown':
      return 'unknown';
    case 'duplicate':
      return 'again';
    case 'wrong':
      // The pieces of a package count one by one, the package itself does not.
      return reply.line?.counted === true || reply.code === BOX ? 'noted' : 'wrong';
    default:
      return 'right';
  }
}

function answered(desk: Desk, reply: CountScan): Desk {
  const { line, code } = reply;
  const kind = kindOf(reply);
  const said = desk.queue[0]?.quantity ?? null;
  const goods = line !== null && line.counted && line.item === null && line.product !== null;
  return next({ ...desk, place: reply.place ?? desk.place }, kind === 'wrong', {
    kind,
    message: reply.message,
    advice: reply.advice,
    line,
    box: code === BOX ? Number(reply.params['pieces'] ?? 0) : null,
    ask: goods && said === null,
  });
}

function refused(desk: Desk, problem: Problem): Desk {
  const first = problem.errors?.[0];
  const message = first?.message ?? problem.detail ?? problem.title;
  const advice = problem.advice ?? first?.advice ?? '';
  return next(desk, true, { kind: 'wrong', message, advice, line: null, box: null, ask: false });
}

function next(desk: Desk, stopped: boolean, said: Omit<Told, 'at' | 'raw'>): Desk {
  const [first, ...rest] = desk.queue;
  const at = desk.answered + 1;
  return {
    ...desk,
    queue: rest,
    told: { ...said, at, raw: first?.raw ?? '' },
    stopped,
    offline: false,
    answered: at,
  };
}
