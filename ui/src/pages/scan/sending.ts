import type { Outcome } from '../../api/operations';
import { ProblemError, problemOf } from '../../api/problem';
import type { ScanDesk } from './desk';
import type { Pending, RowStatus } from './model';
import { plan, refuse } from './posting';

/** Scans that did not count; a posting clears them away. */
const LEFT_OVER = new Set<RowStatus>(['wrong', 'again', 'ask']);

/**
 * Post what was scanned.
 *
 * What is sent is kept with its client key until an answer has come: after a lost answer exactly the same is sent
 * again, and the server does it once. Scans that came in meanwhile wait for the next posting.
 */
export async function settle(desk: ScanDesk, mode: 'all' | 'partial'): Promise<void> {
  if (desk.state.posting) return;
  desk.set({ posting: true, problem: null, done: null });
  try {
    if (desk.state.draft.pending === null) {
      await desk.recheck();
      if (desk.state.draft.rows.some((row) => row.status === 'unchecked')) {
        throw new ProblemError({ status: 0, code: 'offline', title: desk.world.say('offline').message });
      }
      prepare(desk, mode);
    }
    const { pending } = desk.state.draft;
    if (pending !== null) await send(desk, pending);
  } catch (error) {
    desk.set({ problem: problemOf(error) });
  } finally {
    desk.set({ posting: false, fresh: true });
  }
}

function prepare(desk: ScanDesk, mode: 'all' | 'partial'): void {
  const { body, rows } = plan(desk.state.draft, desk.kind, desk.shape, mode);
  const key = desk.world.newKey();
  const pending: Pending = { key, body: JSON.stringify({ ...body, client_key: key }), rows: [...rows] };
  desk.change((draft) => ({ ...draft, pending }));
}

async function send(desk: ScanDesk, pending: Pending): Promise<void> {
  let outcome: Outcome;
  try {
    outcome = await desk.world.post(desk.kind.name, JSON.parse(pending.body) as never);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 0 || problem.status >= 500) throw error;
    const { rows, rest } = refuse(desk.state.draft.rows, problem.errors ?? [], new Map(pending.rows));
    desk.change((draft) => ({ ...draft, rows, pending: null }));
    desk.world.play('wrong');
    throw new ProblemError({ ...problem, errors: rest });
  }
  accept(desk, pending, outcome);
}

function accept(desk: ScanDesk, pending: Pending, outcome: Outcome): void {
  const { draft } = desk.state;
  const { rows } = refuse(draft.rows, outcome.refused, new Map(pending.rows));
  const sent = new Set(pending.rows.map(([, id]) => id));
  const gone = rows.filter((row) => sent.has(row.id) && row.status !== 'refused');
  const codes = gone.flatMap((row) => (row.thing ? [row.thing.code] : []));
  if (draft.subject !== null) codes.unshift(draft.subject.code);
  const left = new Set(gone.map((row) => row.id));
  const used = new Set(desk.shape.slots.map((slot) => slot.name));
  const data = Object.fromEntries(Object.entries(draft.fields.data).filter(([name]) => !used.has(name)));
  desk.change((before) => ({
    ...before,
    rows: rows.filter((row) => !left.has(row.id) && !LEFT_OVER.has(row.status)),
    subject: null,
    slots: {},
    pending: null,
    fields: { ...before.fields, expected: null, data },
  }));
  desk.set({
    answer: null,
    done: {
      event: outcome.event,
      accepted: outcome.accepted,
      lines: Math.min(outcome.accepted, gone.filter((row) => row.goods).length),
      refused: outcome.refused.length,
      codes,
    },
  });
  desk.world.play(outcome.accepted > 0 ? 'right' : 'wrong');
}
