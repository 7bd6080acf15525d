import type { FormRecord } from '../../../forms/calls';
import type { RecordGroup } from '../views/calls';

export const ROW_HEIGHTS = { low: 34, middle: 56, high: 88 } as const;
export const GROUP_HEIGHT = 36;
export const HEAD_HEIGHT = 36;
/** The width of the column in which records are chosen. */
export const LEAD_WIDTH = 44;
const FIRST_PAGE = 50;
const WAITING = 12;

/** A stretch of records read page by page: all of them, one group, or what lies below a record. */
export interface Section {
  key: string;
  filter: unknown;
}

/** How far a stretch has been read. */
export interface Read {
  rows: FormRecord[];
  more: boolean;
  busy: boolean;
  error: unknown;
  loadMore: () => void;
  retry: () => void;
  /** Of a tree: how many records lie below each. */
  below?: ReadonlyMap<number, number> | undefined;
}

/** What stands at a height of the list. */
export type Item = { key: string; top: number; height: number; depth: number } & (
  | { kind: 'group'; group: RecordGroup; level: number; open: boolean }
  | { kind: 'row'; record: FormRecord; section: Section; below: number; open: boolean }
  | { kind: 'wait'; section: Section }
  | { kind: 'more'; section: Section }
  | { kind: 'fault'; section: Section; error: unknown }
);

type Part = Item extends infer One ? (One extends Item ? Omit<One, 'top' | 'height'> : never) : never;

/** Builds the list from what has been read, top down. */
export class Stack {
  readonly items: Item[] = [];
  height = 0;

  constructor(
    private readonly rowHeight: number,
    private readonly read: ReadonlyMap<string, Read>,
  ) {}

  private put(part: Part, height = this.rowHeight) {
    this.items.push({ ...part, top: this.height, height });
    this.height += height;
  }

  group(key: string, group: RecordGroup, level: number, open: boolean) {
    this.put({ kind: 'group', key, group, level, open, depth: level }, GROUP_HEIGHT);
  }

  /** Put a stretch: its rows, or as many empty ones as its first page will bring. */
  section(section: Section, depth: number, expected?: number, open?: (id: number) => Section | null) {
    const state = this.read.get(section.key);
    if (state === undefined || (state.rows.length === 0 && state.busy)) {
      const count = Math.min(expected ?? WAITING, FIRST_PAGE);
      for (let place = 0; place < count; place++)
        this.put({ kind: 'wait', key: `${section.key}~${place}`, section, depth });
      return;
    }
    for (const record of state.rows) {
      const within = open?.(record.id) ?? null;
      const below = state.below?.get(record.id) ?? 0;
      this.put({
        kind: 'row',
        key: `${section.key}#${record.id}`,
        record,
        section,
        depth,
        below,
        open: within !== null && below > 0,
      });
      if (within !== null && below > 0) this.section(within, depth + 1, below, open);
    }
    if (state.error != null)
      this.put({ kind: 'fault', key: `${section.key}!`, section, error: state.error, depth });
    else if (state.more) this.put({ kind: 'more', key: `${section.key}+`, section, depth });
  }
}

/** The places of the first and last item that lie within a stretch of heights. */
export function within(items: readonly Item[], from: number, to: number): [number, number] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = items[middle];
    if (one !== undefined && one.top + one.height <= from) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < items.length && (items[last]?.top ?? to) < to) last++;
  return [low, last];
}
