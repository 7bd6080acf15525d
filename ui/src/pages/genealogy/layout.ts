import type { Row } from './tree';

/** Where a row's card stands. */
export interface Spot {
  row: Row;
  x: number;
  y: number;
  width: number;
  height: number;
}

const ROOT_WIDTH = 184;
const WIDTH = 248;
const GAP = 44;
const LOW = 34;
const HIGH = 48;
const BETWEEN = 8;

/** The batch of a row, in a column of its own at the right. */
export interface BatchSpot extends Spot {
  batch: string;
}

/** The places of all cards. */
export interface Layout {
  spots: Spot[];
  batches: BatchSpot[];
  width: number;
  height: number;
}

/** Whether a card says more than name and code. */
export const isHigh = (row: Row): boolean => row.tense !== 'present' || (row.edge?.until ?? null) !== null;

/** Rows one below the other, levels side by side, the root halfway down what it holds. */
export function laidOut(rows: Row[], tall: (row: Row) => boolean = isHigh): Layout {
  const deepest = rows.reduce((most, row) => Math.max(most, row.level), 0);
  const left = (level: number) => (level === 0 ? 0 : ROOT_WIDTH + GAP + (level - 1) * (WIDTH + GAP));
  let y = 0;
  const spots: Spot[] = rows.slice(1).map((row) => {
    const height = tall(row) ? HIGH : LOW;
    const spot = { row, x: left(row.level), y, width: WIDTH, height };
    y += height + BETWEEN;
    return spot;
  });
  const height = Math.max(y - BETWEEN, 76);
  const top = spots.filter((spot) => spot.row.level === 1);
  const middle =
    top.length === 0 ? height / 2 : ((top[0]?.y ?? 0) + (top.at(-1)?.y ?? 0) + (top.at(-1)?.height ?? 0)) / 2;
  const root = rows[0];
  if (root) {
    spots.unshift({
      row: root,
      x: 0,
      y: Math.max(0, Math.min(middle - 36, height - 72)),
      width: ROOT_WIDTH,
      height: 72,
    });
  }
  const at = left(deepest + 1);
  const batches = spots.slice(1).flatMap((spot): BatchSpot[] => {
    const batch = spot.row.node.kind === 'batch' ? spot.row.node.code : spot.row.node.batch;
    return batch === null || batch === '' ? [] : [{ ...spot, x: at, width: 176, batch }];
  });
  return { spots, batches, width: batches.length > 0 ? at + 176 : at - GAP, height };
}

/** A line from the right edge of one card to the left edge of another. */
export function lineTo(from: Spot, to: Spot): string {
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const x2 = to.x;
  const y2 = to.y + to.height / 2;
  const bend = x1 + (x2 - x1) / 2;
  return `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`;
}

/** A straight line from a card to its batch. */
export const across = (from: Spot, to: Spot): string =>
  `M${from.x + from.width} ${from.y + from.height / 2}H${to.x}`;
