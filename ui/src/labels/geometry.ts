import type { Dpi, LabelElement, Rotation } from './template';
import { DOTS_PER_MM } from './template';

/** A rectangle in mm. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A place in mm. */
export interface Point {
  x: number;
  y: number;
}

/** The handles of a selection, by the compass. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof HANDLES)[number];

/** Where boxes are lined up. */
export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

/** Lengths are kept to a hundredth of a millimetre, which is finer than any print head. */
export function tidy(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}

/** The nearest whole dot to a length, in mm. */
export function toDot(mm: number, dpi: Dpi): number {
  return tidy(Math.round(mm * DOTS_PER_MM[dpi]) / DOTS_PER_MM[dpi]);
}

/** The length of one dot in mm. */
export function dot(dpi: Dpi): number {
  return 1 / DOTS_PER_MM[dpi];
}

/** The smallest box around all of them; null for none. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.w));
  const bottom = Math.max(...boxes.map((box) => box.y + box.h));
  return { x, y, w: tidy(right - x), h: tidy(bottom - y) };
}

/** The box between two corners, whichever way they were drawn. */
export function between(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), w: Math.abs(a.x - b.x), h: Math.abs(a.y - b.y) };
}

/** Whether two boxes touch. */
export function touches(a: Box, b: Box): boolean {
  return a.x <= b.x + b.w && b.x <= a.x + a.w && a.y <= b.y + b.h && b.y <= a.y + a.h;
}

function inside(point: Point, box: Box, reach: number): boolean {
  return (
    point.x >= box.x - reach &&
    point.x <= box.x + box.w + reach &&
    point.y >= box.y - reach &&
    point.y <= box.y + box.h + reach
  );
}

/** Frames are taken by their edge only, so that what they surround can be reached. */
function takes(element: LabelElement, point: Point, reach: number): boolean {
  if (!inside(point, element, reach)) return false;
  const open = (element.kind === 'rect' || element.kind === 'ellipse') && element['fill'] !== true;
  const edge = (Number(element['thickness']) || 0) + reach;
  const hollow = open && element.w > 4 * edge && element.h > 4 * edge;
  return !hollow || !inside(point, element, -edge);
}

/** The elements under a point, the uppermost first. */
export function elementsAt(elements: readonly LabelElement[], point: Point, reach: number): LabelElement[] {
  return elements.filter((one) => !one.hidden && takes(one, point, reach)).reverse();
}

const SMALLEST = 0.125;

/** A box whose handle was dragged. `keep` holds its proportions, by the corners. */
export function resized(box: Box, handle: Handle, dx: number, dy: number, keep = false): Box {
  let { x, y, w, h } = box;
  if (handle.includes('e')) w = Math.max(SMALLEST, box.w + dx);
  if (handle.includes('s')) h = Math.max(SMALLEST, box.h + dy);
  if (handle.includes('w')) w = Math.max(SMALLEST, box.w - dx);
  if (handle.includes('n')) h = Math.max(SMALLEST, box.h - dy);
  if (keep && handle.length === 2 && box.w > 0 && box.h > 0) {
    const scale = Math.max(w / box.w, h / box.h);
    w = box.w * scale;
    h = box.h * scale;
  }
  if (handle.includes('w')) x = box.x + box.w - w;
  if (handle.includes('n')) y = box.y + box.h - h;
  return { x: tidy(x), y: tidy(y), w: tidy(w), h: tidy(h) };
}

/** Boxes carried along when the box around them becomes another one. */
export function stretched(boxes: readonly Box[], from: Box, to: Box): Box[] {
  const sx = from.w === 0 ? 1 : to.w / from.w;
  const sy = from.h === 0 ? 1 : to.h / from.h;
  return boxes.map((box) => ({
    x: tidy(to.x + (box.x - from.x) * sx),
    y: tidy(to.y + (box.y - from.y) * sy),
    w: tidy(Math.max(SMALLEST, box.w * sx)),
    h: tidy(Math.max(SMALLEST, box.h * sy)),
  }));
}

/** Line boxes up on one side of the box around them; a single one on the page. */
export function aligned(boxes: readonly Box[], side: Side, page: Box): Box[] {
  const frame = boxes.length === 1 ? page : (around(boxes) ?? page);
  return boxes.map((box) => {
    switch (side) {
      case 'left':
        return { ...box, x: frame.x };
      case 'centre':
        return { ...box, x: tidy(frame.x + (frame.w - box.w) / 2) };
      case 'right':
        return { ...box, x: tidy(frame.x + frame.w - box.w) };
      case 'top':
        return { ...box, y: frame.y };
      case 'middle':
        return { ...box, y: tidy(frame.y + (frame.h - box.h) / 2) };
      case 'bottom':
        return { ...box, y: tidy(frame.y + frame.h - box.h) };
    }
  });
}

/** Leave the same gap between boxes; the outermost two stay. */
export function distributed(boxes: readonly Box[], axis: 'x' | 'y'): Box[] {
  const size = axis === 'x' ? 'w' : 'h';
  const order = boxes.map((_, index) => index).sort((a, b) => start(a) - start(b));
  const frame = around(boxes);
  if (frame === null || boxes.length < 3) return [...boxes];
  const used = boxes.reduce((sum, box) => sum + box[size], 0);
  const gap = (frame[size] - used) / (boxes.length - 1);
  const result = [...boxes];
  let at = frame[axis];
  for (const index of order) {
    const box = boxes[index];
    if (box === undefined) continue;
    result[index] = { ...box, [axis]: tidy(at) };
    at += box[size] + gap;
  }
  return result;

  function start(index: number): number {
    return boxes[index]?.[axis] ?? 0;
  }
}

/** Give all boxes the width or height of the first. */
export function sameSize(boxes: readonly Box[], which: 'w' | 'h' | 'both'): Box[] {
  const first = boxes[0];
  if (first === undefined) return [];
  return boxes.map((box) => ({
    ...box,
    ...(which !== 'h' && { w: first.w }),
    ...(which !== 'w' && { h: first.h }),
  }));
}

/** A box turned about its centre: a quarter turn exchanges width and height. */
export function turned(box: Box, from: Rotation, to: Rotation): Box {
  if ((from + to) % 180 === 0) return box;
  return {
    x: tidy(box.x + (box.w - box.h) / 2),
    y: tidy(box.y + (box.h - box.w) / 2),
    w: box.h,
    h: box.w,
  };
}
