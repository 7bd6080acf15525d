import type { OperationKind } from '../../api/operations';
import { problemOf } from '../../api/problem';
import { Answering } from './answering';
import { postAlone } from './immediate';
import { judge } from './judge';
import type { Candidate, Draft, Fields, ScanRow, Shape, Slot } from './model';
import { openSlot, shapeOf } from './model';
import { OrderedQueue } from './queue';
import { settle } from './sending';
import type { DeskWorld, Result } from './world';

/** How many look-ups run at once. */
const AT_ONCE = 6;

/** Takes scans, has each one looked up, counts those that are right, posts them, and keeps the draft. */
export class ScanDesk extends Answering {
  readonly shape: Shape;
  readonly kind: OperationKind;
  private readonly queue = new OrderedQueue(AT_ONCE);
  private readonly flying = new Map<string, Promise<Result>>();

  constructor(kind: OperationKind, world: DeskWorld, draft: Draft) {
    super(world, draft);
    this.kind = kind;
    this.shape = shapeOf(kind);
  }

  /** Take one scan. It is in the list at once and answered in its turn. */
  scan(raw: string, group?: number): void {
    const text = raw.trim();
    if (text === '') return;
    const id = this.state.draft.nextId;
    const at = this.world.now();
    const row: ScanRow = { id, raw: text, at, status: 'checking', ...(group !== undefined && { group }) };
    this.change((draft) => ({ ...draft, nextId: id + 1, rows: [...draft.rows, row] }));
    if (this.state.fresh) this.set({ done: null, fresh: false });
    this.enqueue(row);
  }

  /** Take a whole list; it is answered once, at its end. */
  paste(codes: string[]): void {
    const group = this.state.draft.nextId;
    this.openGroup(group, codes.length);
    for (const code of codes) this.scan(code, group);
  }

  /** Look up again what could not be looked up; resolves when all scans are answered. */
  async recheck(): Promise<void> {
    for (const row of this.state.draft.rows.filter((one) => one.status === 'unchecked')) {
      this.patch(row.id, { status: 'checking' });
      this.enqueue(row);
    }
    await this.queue.idle();
  }

  /** Send what counts; see `settle`. */
  post(mode: 'all' | 'partial'): Promise<void> {
    return settle(this, mode);
  }

  setFields(change: Partial<Fields>): void {
    this.change((draft) => ({ ...draft, fields: { ...draft.fields, ...change } }));
  }

  setImmediate(immediate: boolean): void {
    this.change((draft) => ({ ...draft, immediate }));
  }

  chooseSlot(slot: string | null): void {
    this.set({ slot });
  }

  setQuantity(id: number, quantity: string): void {
    const row = this.row(id);
    if (row?.goods) this.patch(id, { goods: { ...row.goods, quantity }, status: 'right' });
    this.set({ asking: null });
  }

  ask(id: number | null): void {
    this.set({ asking: id });
  }

  /** Ask once more which item was meant. */
  showAgain(row: ScanRow): void {
    this.set({ answer: { kind: 'ask', at: this.world.now(), row }, fresh: false });
  }

  /** Show a goods row on the board again, to change how many. */
  askAbout(row: ScanRow): void {
    this.set({ asking: row.id, answer: { kind: 'right', at: this.world.now(), row } });
  }

  clearSlot(slot: Slot): void {
    this.change((draft) => {
      const { [slot.name]: _gone, ...slots } = draft.slots;
      const { [slot.name]: _typed, ...data } = draft.fields.data;
      const subject = slot.name === 'subject' ? null : draft.subject;
      return { ...draft, subject, slots, fields: { ...draft.fields, data } };
    });
  }

  /** Decide which of several items was meant. */
  choose(id: number, meant: Candidate): void {
    const row = this.row(id);
    if (row === undefined) return;
    if ('thing' in meant) this.conclude(row, { is: 'thing', thing: meant.thing }, this.slot());
    else this.conclude(row, { is: 'goods', ...meant.goods }, null);
  }

  /** Undo a scan that was posted by itself: its event is reversed for this item. */
  async takeBack(row: ScanRow): Promise<void> {
    if (row.event === undefined) return;
    const ref = row.thing?.ref ?? row.raw;
    const data = { event: row.event, reason: this.world.say('takenBack').message };
    try {
      await this.world.post('correct', { items: [ref], data, client_key: `${row.key ?? ''}-back` });
      this.remove([row.id]);
      this.note('takenBack', { code: row.thing?.code ?? row.raw });
    } catch (error) {
      this.set({ problem: problemOf(error) });
    }
  }

  /** All pieces so far belong to the place that was scanned among them. */
  moveAll(id: number, place: string): void {
    this.remove([id]);
    this.setFields({ place });
    this.note('placeSet', { code: place });
  }

  /** Where the next scan goes, null for the list. */
  slot(): Slot | null {
    return openSlot(this.shape, this.state.draft, this.state.slot);
  }

  private enqueue(row: ScanRow): void {
    this.queue.put(
      () => this.work(row),
      (result) => this.deliver(row.id, result),
    );
  }

  private work(row: ScanRow): Promise<Result> {
    const { draft } = this.state;
    const alone = draft.immediate && this.shape.rows === 'items' && this.slot() === null;
    if (!alone) return this.lookUp(row.raw);
    const earlier = draft.rows.find((other) => other.id < row.id && other.raw === row.raw && onTheWay(other));
    if (earlier) return Promise.resolve({ repeated: earlier.id });
    const key = row.key ?? this.world.newKey();
    this.patch(row.id, { key });
    return postAlone({ raw: row.raw, key, draft, kind: this.kind, shape: this.shape, world: this.world });
  }

  private lookUp(raw: string): Promise<Result> {
    const flying = this.flying.get(raw);
    if (flying) return flying;
    const asked: Promise<Result> = this.world
      .check(raw, { kind: this.expected() })
      .then((looked) => ({ looked }))
      .catch((error: unknown) => ({ problem: problemOf(error) }))
      .finally(() => this.flying.delete(raw));
    this.flying.set(raw, asked);
    return asked;
  }

  /** What a scan should be; readings that are stand before others. */
  private expected(): string[] {
    if (this.slot() !== null || !this.kind.quantities) return ['item', 'package'];
    return ['item', 'package', 'batch', 'product'];
  }

  private deliver(id: number, result: Result): void {
    const row = this.row(id);
    if (row === undefined) return;
    if ('problem' in result) this.failed(row, result.problem);
    else if ('repeated' in result) this.again(row, result.repeated);
    else if ('posted' in result) this.postedAlone(row, result.posted, result.thing);
    else {
      const slot = this.slot();
      const ready = { kind: this.kind, slot, rows: this.shape.rows !== 'none' };
      if (slot?.literal) this.fill(row, slot, row.raw);
      else this.conclude(row, judge(result.looked, ready, this.world.say), slot);
    }
  }
}

function onTheWay(row: ScanRow): boolean {
  return row.status === 'posted' || row.status === 'checking';
}
