import { describe, expect, it } from 'vitest';
import { drawn, fitted, placedOf, SIZE } from './layout';
import { dice, node, random, WORDS } from './testing';
import { fresh, walk } from './tree';

const centre = (one: { x: number; width: number } | undefined) => (one ? one.x + one.width / 2 : NaN);

describe('the layout of a flow', () => {
  it('never lets two things overlap, and draws every node once, whatever is drawn', () => {
    for (let seed = 0; seed < 200; seed++) {
      const tree = random(dice(seed));
      const drawing = drawn(tree);
      const boxes = drawing.placed.map(({ key, x, y, width, height }) => ({ key, x, y, width, height }));
      const outside = boxes.filter(
        (one) =>
          one.x < 0 ||
          one.y < 0 ||
          one.x + one.width > drawing.width + 0.001 ||
          one.y + one.height > drawing.height + 0.001,
      );
      const overlaps = boxes.flatMap((one, at) =>
        boxes.slice(at + 1).filter((other) => {
          const beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
          return !beside && one.y + one.height > other.y && other.y + other.height > one.y;
        }),
      );
      expect({ seed, outside, overlaps }).toEqual({ seed, outside: [], overlaps: [] });
      const cards = drawing.placed.filter((one) => one.what !== 'plus' && one.what !== 'end');
      expect(cards.map((one) => one.node.id).sort()).toEqual(
        walk(tree)
          .map((one) => one.id)
          .sort(),
      );
    }
  });

  it('draws no line through a card', () => {
    for (let seed = 0; seed < 60; seed++) {
      const drawing = drawn(random(dice(seed)));
      const cards = drawing.placed.filter((one) => one.what === 'card' || one.what === 'column');
      const through = drawing.lines.flatMap((line) =>
        line.points.slice(1).flatMap((to, at) => {
          const from = line.points[at] ?? to;
          const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
          const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
          return cards.filter(
            (one) => right > one.x && left < one.x + one.width && bottom > one.y && top < one.y + one.height,
          );
        }),
      );
      expect({ seed, through }).toEqual({ seed, through: [] });
    }
  });

  it('stands a sequence in one line of cards of 220 by 90', () => {
    const drawing = drawn(node('start', 's', node('fill', 'a'), node('approve', 'b')));
    const [start, one, two] = ['s', 'a', 'b'].map((id) => placedOf(drawing, id));
    expect([one?.width, one?.height]).toEqual([220, 90]);
    expect([centre(start), centre(one), centre(two)]).toEqual([110, 110, 110]);
    expect((one?.y ?? 0) - (start?.y ?? 0)).toBe(90 + SIZE.gap);
    expect(drawing.placed.filter((each) => each.what === 'plus')).toHaveLength(3);
  });

  it('puts the ways of a branch side by side under its button, in the middle of the line', () => {
    const branch = fresh('branch', WORDS);
    const drawing = drawn(node('start', 's', branch));
    const [left, right] = branch.children.map((one) => placedOf(drawing, one.id));
    expect(left?.y).toBe(right?.y);
    expect(centre(placedOf(drawing, branch.id))).toBe((centre(left) + centre(right)) / 2);
    expect(drawing.width).toBe(2 * SIZE.column.width + SIZE.between);
  });

  it('leads nothing on from where the flow ends', () => {
    const drawing = drawn(node('start', 's', node('fill', 'a'), node('end', 'z')));
    expect(drawing.placed.some((one) => one.what === 'end')).toBe(false);
    expect(drawing.placed.filter((one) => one.what === 'plus').map((one) => one.spot?.at)).toEqual([0, 1]);
  });

  it('shows a small flow whole and a long one from its top, never below 50 %', () => {
    const room = { left: 280, top: 0, width: 800, height: 800 };
    expect(fitted({ width: 220, height: 400 }, room)).toMatchObject({ zoom: 1, x: 280 + 290 });
    expect(fitted({ width: 220, height: 1000 }, room).zoom).toBe(0.8);
    expect(fitted({ width: 900, height: 9000 }, room)).toMatchObject({ zoom: 0.5, y: 0 });
  });
});
