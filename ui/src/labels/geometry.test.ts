import { describe, expect, it } from 'vitest';
import { around, elementsAt, resized, stretched, toDot, touches } from './geometry';
import { patchwork } from './patchwork';
import { snapMove, snapResize } from './snapping';
import type { LabelElement } from './template';
import { blank } from './template';

function element(id: string, kind: string, x: number, y: number, w: number, h: number): LabelElement {
  return { id, kind, name: id, x, y, w, h, rotation: 0, hidden: false, locked: false };
}

const page = { x: 0, y: 0, w: 60, h: 40 };
const field = { page, others: [{ x: 10, y: 10, w: 20, h: 4 }], reach: 0.5, dpi: 203 as const };

describe('boxes', () => {
  it('lie on whole dots', () => {
    expect(toDot(9.11, 203)).toBe(9.125);
    expect(toDot(1, 300)).toBeCloseTo(12 / 11.811, 3);
  });

  it('are dragged by any handle and never turned inside out', () => {
    const box = { x: 10, y: 10, w: 20, h: 10 };
    expect(resized(box, 'se', 2, 3)).toEqual({ x: 10, y: 10, w: 22, h: 13 });
    expect(resized(box, 'nw', 2, 3)).toEqual({ x: 12, y: 13, w: 18, h: 7 });
    expect(resized(box, 'w', 50, 0)).toMatchObject({ x: 29.875, w: 0.125 });
    expect(resized(box, 'se', 20, 0, true)).toEqual({ x: 10, y: 10, w: 40, h: 20 });
  });

  it('grow with the box around them', () => {
    const parts = [
      { x: 0, y: 0, w: 10, h: 10 },
      { x: 10, y: 0, w: 10, h: 10 },
    ];
    expect(around(parts)).toEqual({ x: 0, y: 0, w: 20, h: 10 });
    expect(stretched(parts, { x: 0, y: 0, w: 20, h: 10 }, { x: 0, y: 0, w: 40, h: 10 })[1]).toEqual({
      x: 20,
      y: 0,
      w: 20,
      h: 10,
    });
    expect(touches({ x: 0, y: 0, w: 1, h: 1 }, { x: 1.1, y: 0, w: 1, h: 1 })).toBe(false);
  });
});

describe('pointing', () => {
  it('takes the uppermost, and a frame only by its edge', () => {
    const elements = [
      element('text', 'text', 5, 5, 20, 5),
      { ...element('frame', 'rect', 0, 0, 60, 40), thickness: 0.5 },
      { ...element('gone', 'text', 5, 5, 20, 5), hidden: true },
    ];
    expect(elementsAt(elements, { x: 10, y: 7 }, 0.3).map((one) => one.id)).toEqual(['text']);
    expect(elementsAt(elements, { x: 0.2, y: 20 }, 0.3).map((one) => one.id)).toEqual(['frame']);
  });
});

describe('snapping', () => {
  it('meets edges of others and the middle of the label, and says so', () => {
    const left = snapMove({ x: 10.3, y: 25.33, w: 12, h: 4 }, field);
    expect(left.box).toEqual({ x: 10, y: 25.375, w: 12, h: 4 });
    expect(left.guides).toMatchObject([{ axis: 'x', at: 10, centre: null }]);
    const middle = snapMove({ x: 23.8, y: 30, w: 12, h: 4 }, { ...field, others: [] });
    expect(middle.box.x).toBe(24);
    expect(middle.guides).toMatchObject([{ axis: 'x', at: 30, centre: 'page' }]);
  });

  it('keeps to whole dots when told to line nothing up', () => {
    const { box, guides } = snapMove({ x: 10.3, y: 10.1, w: 12, h: 4 }, { ...field, reach: 0 });
    expect(box).toMatchObject({ x: 10.25, y: 10.125 });
    expect(guides).toEqual([]);
  });

  it('moves only the edges that are dragged', () => {
    const { box, guides } = snapResize({ x: 5, y: 20, w: 24.8, h: 5 }, 'e', field);
    expect(box).toEqual({ x: 5, y: 20, w: 25, h: 5 });
    expect(guides).toMatchObject([{ axis: 'x', at: 30 }]);
    expect(snapResize({ x: 9.8, y: 20, w: 10, h: 5 }, 'w', field).box).toEqual({
      x: 10,
      y: 20,
      w: 9.8,
      h: 5,
    });
  });
});

describe('the printed picture under a changed label', () => {
  const a = element('a', 'text', 5, 5, 20, 5);
  const frame = { ...element('f', 'rect', 4, 4, 30, 10), thickness: 0.3 };
  const pictured = { ...blank(60, 40), elements: [a, frame] };

  it('carries what was moved and mends the lines that lay there', () => {
    const shown = { ...pictured, elements: [{ ...a, x: 15 }, frame] };
    const work = patchwork(shown, pictured);
    expect(work.wipe).toEqual([{ x: 5, y: 5, w: 20, h: 5 }]);
    expect(work.carry).toEqual([{ from: { x: 5, y: 5, w: 20, h: 5 }, to: { x: 15, y: 5, w: 20, h: 5 } }]);
    expect(work.draw.map((one) => one.id)).toEqual(['f']);
  });

  it('leaves values to the next picture, drops what is hidden, draws what is new', () => {
    expect(patchwork({ ...pictured, elements: [{ ...a, value: 'x' }, frame] }, pictured)).toEqual({
      wipe: [],
      carry: [],
      draw: [],
    });
    const work = patchwork(
      {
        ...pictured,
        elements: [
          { ...frame, hidden: true },
          { ...a, id: 'n' },
        ],
      },
      pictured,
    );
    expect(work.wipe).toHaveLength(2);
    expect(work.draw.map((one) => one.id)).toEqual(['n']);
  });
});
