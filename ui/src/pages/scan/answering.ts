import type { Outcome } from '../../api/operations';
import type { Problem } from '../../api/problem';
import type { Answer as Sound } from '../../scan/sounds';
import type { Verdict } from './judge';
import type { Candidate, Draft, Reason, ScanRow, Slot, Thing } from './model';
import { counts, keyOf } from './model';
import { Store } from './store';
import type { Answer, DeskState, DeskWorld } from './world';

/** How long a wrong answer stays in sight while right ones follow at machine speed, in ms. */
export const DWELL = 400;

type Tally = Record<Sound, number> & { left: number };

/** What a scan comes to: the row, the board, the sound. */
export class Answering extends Store<DeskState> {
  readonly world: DeskWorld;
  private readonly groups = new Map<number, Tally>();

  constructor(world: DeskWorld, draft: Draft) {
    super({
      draft,
      answer: null,
      slot: null,
      asking: null,
      posting: false,
      problem: null,
      done: null,
      fresh: false,
      full: false,
    });
    this.world = world;
  }

  row(id: number): ScanRow | undefined {
    return this.state.draft.rows.find((row) => row.id === id);
  }

  /** Change the draft; it is kept by itself. */
  change(how: (draft: Draft) => Draft): void {
    const draft = how(this.state.draft);
    this.set({ draft, full: !this.world.save(draft) });
  }

  patch(id: number, change: Partial<ScanRow>): void {
    this.change((draft) => ({
      ...draft,
      rows: draft.rows.map((row) => (row.id === id ? { ...row, ...change } : row)),
    }));
  }

  /** Take rows away: a scan that was a mistake, or the bad ones of a posting. */
  remove(ids: number[]): void {
    const gone = new Set(ids);
    this.change((draft) => ({ ...draft, rows: draft.rows.filter((row) => !gone.has(row.id)) }));
    const shown = this.state.answer?.row?.id;
    if (shown !== undefined && gone.has(shown)) this.set({ answer: null });
    if (!this.state.draft.rows.some((row) => row.status === 'refused')) this.set({ problem: null });
  }

  /** Tell something that is neither right nor wrong. */
  note(key: string, values: Record<string, string | number> = {}): void {
    this.set({ answer: { kind: 'note', at: this.world.now(), text: { key, values } } });
  }

  protected openGroup(group: number, size: number): void {
    this.groups.set(group, { left: size, right: 0, wrong: 0, again: 0 });
  }

  /** Act on what a scan turned out to be. */
  protected conclude(row: ScanRow, verdict: Verdict, slot: Slot | null): void {
    switch (verdict.is) {
      case 'wrong': {
        const { reason, thing, candidates } = verdict;
        this.answer(row, 'wrong', { reason, ...(thing && { thing }), ...(candidates && { candidates }) });
        break;
      }
      case 'ask':
        this.asks(row, verdict.reason, verdict.candidates);
        break;
      case 'thing':
        if (slot === null) this.thing(row, verdict.thing);
        else this.fill(row, slot, verdict.thing);
        break;
      case 'goods':
        this.goods(row, verdict.product, verdict.batch, verdict.quantity);
        break;
      case 'place':
        this.place(row, verdict.code);
        break;
      case 'partner':
        this.remove([row.id]);
        this.change((draft) => ({ ...draft, fields: { ...draft.fields, partner: verdict.code } }));
        this.note('partnerSet', { code: verdict.code });
        this.tally(row, 'right');
    }
  }

  /** Put a scan into its slot. */
  protected fill(row: ScanRow, slot: Slot, found: Thing | string): void {
    this.remove([row.id]);
    this.change((draft) => {
      if (typeof found === 'string') {
        return { ...draft, fields: { ...draft.fields, data: { ...draft.fields.data, [slot.name]: found } } };
      }
      if (slot.name === 'subject') return { ...draft, subject: found };
      return { ...draft, slots: { ...draft.slots, [slot.name]: found } };
    });
    const code = typeof found === 'string' ? found : found.code;
    const text = { key: 'slotFilled', values: { zh: slot.zh, en: slot.en, code } };
    this.set({ slot: null, answer: { kind: 'right', at: this.world.now(), text } });
    this.tally(row, 'right');
  }

  /** The item was counted before. */
  protected again(row: ScanRow, first: number): void {
    const earlier = this.row(first);
    this.answer(row, 'again', {
      reason: this.world.say('again', { time: clock(earlier?.at ?? row.at) }),
      ...(earlier?.thing && { thing: earlier.thing }),
    });
  }

  /** The look-up or the posting of one scan did not work. */
  protected failed(row: ScanRow, problem: Problem): void {
    if (problem.status === 0 || problem.status >= 500) {
      this.patch(row.id, { status: 'unchecked' });
      const shown = { ...row, status: 'unchecked' as const };
      this.set({ answer: { kind: 'unchecked', at: this.world.now(), row: shown } });
      this.tally(row, 'wrong');
      return;
    }
    const first = problem.errors?.[0];
    this.answer(row, 'wrong', {
      reason: {
        code: first?.code ?? problem.code,
        message: first?.message ?? problem.detail ?? problem.title,
        advice: first?.advice ?? problem.advice ?? null,
      },
    });
  }

  /** A scan was posted by itself; what it is can be shown a moment later. */
  protected postedAlone(row: ScanRow, outcome: Outcome, thing: Thing | null): void {
    this.answer(row, 'right', {
      ...(outcome.event !== null && { event: outcome.event }),
      ...(thing && { thing }),
    });
    this.world.look(typeof thing?.ref === 'string' ? thing.ref : row.raw).then(
      (now) => {
        this.patch(row.id, { thing: now });
        const shown = this.state.answer;
        if (shown?.row?.id === row.id) this.set({ answer: { ...shown, row: { ...shown.row, thing: now } } });
      },
      () => undefined, // What was posted stays posted, also where it cannot be described.
    );
  }

  private asks(row: ScanRow, reason: Reason, candidates: Candidate[]): void {
    this.patch(row.id, { status: 'ask', reason, candidates });
    const shown: ScanRow = { ...row, status: 'ask', reason, candidates };
    if (row.group === undefined) {
      this.set({ answer: { kind: 'ask', at: this.world.now(), row: shown } });
      this.world.play('again');
    } else this.tally(row, 'wrong');
  }

  private thing(row: ScanRow, thing: Thing): void {
    const key = keyOf({ thing });
    const earlier = this.state.draft.rows.find(
      (other) => other.id !== row.id && (counts(other) || other.status === 'posted') && keyOf(other) === key,
    );
    if (earlier) this.again({ ...row, thing }, earlier.id);
    else this.answer(row, 'right', { thing });
  }

  private goods(row: ScanRow, product: string, batch: string | null, given: string | null): void {
    const goods = { product, batch, quantity: given ?? '1' };
    const key = keyOf({ goods });
    const earlier = this.state.draft.rows.find(
      (other) => other.id !== row.id && counts(other) && keyOf(other) === key,
    );
    if (earlier?.goods) {
      const sum = String(Math.round((Number(earlier.goods.quantity) + Number(goods.quantity)) * 1e6) / 1e6);
      this.remove([row.id]);
      this.answer({ ...earlier, at: row.at }, 'right', { goods: { ...goods, quantity: sum } });
      this.set({ asking: earlier.id });
      return;
    }
    this.answer(row, 'right', { goods });
    if (row.group === undefined) this.set({ asking: row.id });
  }

  private place(row: ScanRow, code: string): void {
    const { place } = this.state.draft.fields;
    const here = this.state.draft.rows.filter(counts).length;
    if (place === null || place === code || here === 0) {
      this.remove([row.id]);
      this.change((draft) => ({ ...draft, fields: { ...draft.fields, place: code } }));
      this.note('placeSet', { code });
      this.tally(row, 'right');
      return;
    }
    const reason = this.world.say('placeLater', { code, place, count: String(here) });
    this.answer(row, 'wrong', { reason, place: code });
  }

  private answer(row: ScanRow, kind: Sound, change: Partial<ScanRow>): void {
    const alone = change.event !== undefined;
    const status = kind === 'right' && alone ? 'posted' : kind;
    const concluded: ScanRow = { ...row, ...change, status };
    if (kind === 'right') {
      delete concluded.reason;
      delete concluded.candidates;
    }
    this.change((draft) => ({
      ...draft,
      rows: draft.rows.map((other) => (other.id === row.id ? concluded : other)),
    }));
    if (row.group === undefined) {
      this.show({ kind, at: this.world.now(), row: concluded });
      this.world.play(kind);
    } else this.tally(row, kind);
  }

  /** A wrong answer is not wiped away by the next right one before anybody could have seen it. */
  private show(answer: Answer): void {
    const shown = this.state.answer;
    const kept = shown?.kind === 'wrong' && answer.kind === 'right' && answer.at - shown.at < DWELL;
    if (!kept) this.set({ answer });
  }

  private tally(row: ScanRow, kind: Sound): void {
    const group = row.group === undefined ? undefined : this.groups.get(row.group);
    if (group === undefined || row.group === undefined) {
      if (kind === 'right' && row.group === undefined) this.world.play('right');
      return;
    }
    group.left -= 1;
    group[kind] += 1;
    if (group.left > 0) return;
    this.groups.delete(row.group);
    const { right, wrong, again } = group;
    const worst = wrong > 0 ? 'wrong' : 'right';
    const text = { key: 'pasted', values: { right, wrong, again } };
    this.set({ answer: { kind: worst, at: this.world.now(), text } });
    this.world.play(worst);
  }
}

function clock(at: number): string {
  return new Date(at).toTimeString().slice(0, 8);
}
