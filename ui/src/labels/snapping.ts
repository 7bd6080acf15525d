import type { Box, Handle } from './geometry';
import { around, tidy, toDot } from './geometry';
import type { Dpi } from './template';

/** A line that shows what a moved box was lined up with. */
export interface Guide {
  axis: 'x' | 'y';
  /** Where the line stands, in mm. */
  at: number;
  from: number;
  to: number;
  /** Whether centres met, of the label itself or of another element. */
  centre: 'page' | 'element' | null;
}

/** What a box snaps to. */
export interface Field {
  page: Box;
  others: readonly Box[];
  /** How near is near, in mm; 0 switches lining up off. */
  reach: number;
  dpi: Dpi;
}

interface Target {
  at: number;
  box: Box;
  centre: boolean;
  page: boolean;
}

interface Hit {
  shift: number;
  target: Target;
}

const AXES = {
  x: { size: 'w', other: 'y', otherSize: 'h' },
  y: { size: 'h', other: 'x', otherSize: 'w' },
} as const;

function targets(axis: 'x' | 'y', field: Field): Target[] {
  const { size } = AXES[axis];
  return [{ box: field.page, page: true }, ...field.others.map((box) => ({ box, page: false }))].flatMap(
    ({ box, page }) => [
      { at: box[axis] + box[size] / 2, box, centre: true, page },
      { at: box[axis], box, centre: false, page },
      { at: box[axis] + box[size], box, centre: false, page },
    ],
  );
}

/** The nearest target of the points; edges meet edges, centres meet centres. */
function nearest(points: { at: number; centre: boolean }[], axis: 'x' | 'y', field: Field): Hit | null {
  let best: Hit | null = null;
  if (field.reach <= 0) return null;
  for (const target of targets(axis, field)) {
    for (const point of points) {
      const shift = target.at - point.at;
      if (target.centre !== point.centre || Math.abs(shift) > field.reach) continue;
      if (best === null || Math.abs(shift) < Math.abs(best.shift) - 1e-9) best = { shift, target };
    }
  }
  return best;
}

function guide(axis: 'x' | 'y', hit: Hit, box: Box): Guide {
  const { other, otherSize } = AXES[axis];
  const span = around([hit.target.box, box]) ?? box;
  return {
    axis,
    at: tidy(hit.target.at),
    from: span[other],
    to: span[other] + span[otherSize],
    centre: hit.target.centre ? (hit.target.page ? 'page' : 'element') : null,
  };
}

/** A box that was moved: lined up with what is near, else set on whole dots. */
export function snapMove(box: Box, field: Field): { box: Box; guides: Guide[] } {
  const placed = { ...box };
  const hits: { axis: 'x' | 'y'; hit: Hit }[] = [];
  for (const axis of ['x', 'y'] as const) {
    const { size } = AXES[axis];
    const hit = nearest(
      [
        { at: box[axis] + box[size] / 2, centre: true },
        { at: box[axis], centre: false },
        { at: box[axis] + box[size], centre: false },
      ],
      axis,
      field,
    );
    placed[axis] = hit === null ? toDot(box[axis], field.dpi) : tidy(box[axis] + hit.shift);
    if (hit !== null) hits.push({ axis, hit });
  }
  return { box: placed, guides: hits.map(({ axis, hit }) => guide(axis, hit, placed)) };
}

/** A box whose handle was dragged: the edges that moved are lined up, else set on whole dots. */
export function snapResize(box: Box, handle: Handle, field: Field): { box: Box; guides: Guide[] } {
  const placed = { ...box };
  const hits: { axis: 'x' | 'y'; hit: Hit }[] = [];
  for (const axis of ['x', 'y'] as const) {
    const { size } = AXES[axis];
    const first = handle.includes(axis === 'x' ? 'w' : 'n');
    const last = handle.includes(axis === 'x' ? 'e' : 's');
    if (!first && !last) continue;
    const edge = first ? box[axis] : box[axis] + box[size];
    const hit = nearest([{ at: edge, centre: false }], axis, field);
    const at = hit === null ? toDot(edge, field.dpi) : tidy(hit.target.at);
    if (first) {
      placed[size] = tidy(Math.max(0.125, box[axis] + box[size] - at));
      placed[axis] = tidy(box[axis] + box[size] - placed[size]);
    } else {
      placed[size] = tidy(Math.max(0.125, at - box[axis]));
    }
    if (hit !== null) hits.push({ axis, hit });
  }
  return { box: placed, guides: hits.map(({ axis, hit }) => guide(axis, hit, placed)) };
}
