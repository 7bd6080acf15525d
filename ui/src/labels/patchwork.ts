import { looksOf } from './elements/family';
import type { Box } from './geometry';
import { boxOf } from './model';
import type { LabelElement, Template } from './template';

/** A part of the printed picture that is shown elsewhere. */
export interface Carried {
  from: Box;
  to: Box;
}

/** How to show a label that was changed since its picture was made. */
export interface Patchwork {
  /** What of the picture no longer holds. */
  wipe: Box[];
  /** Cut-outs of what was moved. */
  carry: Carried[];
  /** What is drawn here until the next picture arrives. */
  draw: LabelElement[];
}

/**
 * What to do with the picture of `pictured` so that it looks like `shown`.
 *
 * Values, fonts and the like are left as they were printed: the server's next picture is only a moment away and is
 * the truth. Only what is moved, made and removed must not lag behind the hand.
 */
export function patchwork(shown: Template, pictured: Template): Patchwork {
  const work: Patchwork = { wipe: [], carry: [], draw: [] };
  if (shown === pictured) return work;
  const now = new Map(shown.elements.map((one) => [one.id, one]));
  const then = new Map(pictured.elements.map((one) => [one.id, one]));
  for (const before of pictured.elements) {
    if (before.hidden) continue;
    const after = now.get(before.id);
    if (after === undefined || after.hidden || !sameBox(before, after)) work.wipe.push(boxOf(before));
  }
  for (const after of shown.elements) {
    if (after.hidden) continue;
    const before = then.get(after.id);
    if (before === undefined || before.hidden) work.draw.push(after);
    else if (looksOf(after.kind).exact) {
      if (!sameBox(before, after) || overlapsAny(after, work.wipe)) work.draw.push(after);
    } else if (!sameBox(before, after)) work.carry.push(carried(before, after));
  }
  return work;
}

function sameBox(a: LabelElement, b: LabelElement): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h && a.rotation === b.rotation;
}

function overlapsAny(box: Box, others: readonly Box[]): boolean {
  return others.some(
    (other) =>
      box.x < other.x + other.w &&
      other.x < box.x + box.w &&
      box.y < other.y + other.h &&
      other.y < box.y + box.h,
  );
}

/** Text keeps its size when its box is dragged wider, a symbol and a picture grow with it. */
function carried(before: LabelElement, after: LabelElement): Carried {
  if (looksOf(after.kind).grows) return { from: boxOf(before), to: boxOf(after) };
  const w = Math.min(before.w, after.w);
  const h = Math.min(before.h, after.h);
  return {
    from: { x: before.x, y: before.y, w, h },
    to: { x: after.x, y: after.y, w, h },
  };
}
