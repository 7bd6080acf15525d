import { describe, expect, it } from 'vitest';
import { copies, fresh, freshIds } from './adding';
import type { Action, Board } from './model';
import { laid, reduce } from './model';
import type { LabelElement } from './template';
import { blank } from './template';

function element(id: string, x: number, y: number, w = 10, h = 5): LabelElement {
  return { id, kind: 'text', name: id, x, y, w, h, rotation: 0, hidden: false, locked: false, value: id };
}

function board(...elements: LabelElement[]): Board {
  return laid({ ...blank(60, 40), elements });
}

function after(start: Board, ...actions: Action[]): Board {
  return actions.reduce(reduce, start);
}

const one = (at: Board, id: string) => at.present.elements.find((each) => each.id === id)!;
const order = (at: Board) => at.present.elements.map((each) => each.id).join('');

describe('a label on the board', () => {
  it('goes back step by step and forth again', () => {
    const start = board(element('a', 0, 0));
    const moved = after(
      start,
      { do: 'set', ids: ['a'], values: { x: 5 } },
      { do: 'set', ids: ['a'], values: { x: 9 } },
    );
    const back = after(moved, { do: 'undo' });
    expect(one(back, 'a').x).toBe(5);
    expect(one(after(back, { do: 'undo' }), 'a').x).toBe(0);
    expect(one(after(back, { do: 'redo' }), 'a').x).toBe(9);
    expect(after(back, { do: 'set', ids: ['a'], values: { x: 1 } }).future).toEqual([]);
  });

  it('takes the strokes of one movement as one step', () => {
    const start = board(element('a', 0, 0));
    const dragged = after(
      start,
      { do: 'place', boxes: { a: { x: 1, y: 0, w: 10, h: 5 } }, step: 'drag 1' },
      { do: 'place', boxes: { a: { x: 2, y: 0, w: 10, h: 5 } }, step: 'drag 1' },
      { do: 'rest' },
      { do: 'place', boxes: { a: { x: 3, y: 0, w: 10, h: 5 } }, step: 'drag 1' },
    );
    expect(dragged.past).toHaveLength(2);
    expect(one(after(dragged, { do: 'undo' }), 'a').x).toBe(2);
  });

  it('remembers no step that changes nothing', () => {
    const start = board(element('a', 0, 0));
    expect(after(start, { do: 'set', ids: ['a'], values: { x: 0 } })).toBe(start);
    expect(after(start, { do: 'select', ids: ['no such'] })).toBe(start);
  });

  it('keeps no selection of what undo takes away', () => {
    const added = after(board(), { do: 'add', elements: [element('a', 0, 0)] });
    expect(added.selected).toEqual(['a']);
    expect(after(added, { do: 'undo' }).selected).toEqual([]);
  });

  it('leaves what is locked where it is', () => {
    const start = board({ ...element('a', 3, 3), locked: true }, element('b', 1, 1));
    const all = after(start, { do: 'select', ids: ['a', 'b'] });
    const done = after(all, { do: 'nudge', dx: 2, dy: 0 }, { do: 'align', side: 'right' }, { do: 'remove' });
    expect(order(done)).toBe('a');
    expect(one(done, 'a')).toMatchObject({ x: 3, y: 3 });
  });

  it('lines up with the others, and alone with the label', () => {
    const both = after(board(element('a', 4, 3), element('b', 20, 9)), { do: 'select', ids: ['a', 'b'] });
    const left = after(both, { do: 'align', side: 'left' });
    expect([one(left, 'a').x, one(left, 'b').x]).toEqual([4, 4]);
    const alone = after(both, { do: 'select', ids: ['b'] }, { do: 'align', side: 'centre' });
    expect(one(alone, 'b').x).toBe(25);
  });

  it('leaves the same gaps, whatever the order of selecting', () => {
    const start = board(element('a', 40, 0), element('b', 0, 0), element('c', 12, 0));
    const done = after(start, { do: 'select', ids: ['a', 'b', 'c'] }, { do: 'distribute', axis: 'x' });
    expect([one(done, 'b').x, one(done, 'c').x, one(done, 'a').x]).toEqual([0, 20, 40]);
  });

  it('gives all the size of the first', () => {
    const start = board(element('a', 0, 0, 10, 5), element('b', 0, 9, 30, 7));
    const done = after(start, { do: 'select', ids: ['b', 'a'] }, { do: 'same', which: 'w' });
    expect(one(done, 'a')).toMatchObject({ w: 30, h: 5 });
  });

  it('turns about the centre', () => {
    const done = after(
      board(element('a', 10, 10, 20, 6)),
      { do: 'select', ids: ['a'] },
      { do: 'turn', rotation: 90 },
    );
    expect(one(done, 'a')).toMatchObject({ x: 17, y: 3, w: 6, h: 20, rotation: 90 });
  });

  it('moves layers up, down, to the ends and to a place', () => {
    const start = board(element('a', 0, 0), element('b', 0, 0), element('c', 0, 0), element('d', 0, 0));
    const chosen = after(start, { do: 'select', ids: ['a', 'b'] });
    expect(order(after(chosen, { do: 'order', order: 'forward' }))).toBe('cabd');
    expect(order(after(chosen, { do: 'order', order: 'front' }))).toBe('cdab');
    expect(order(after(chosen, { do: 'order', order: 'backward' }))).toBe('abcd');
    expect(order(after(start, { do: 'layer', id: 'a', to: 2 }))).toBe('bcad');
  });
});

describe('new elements', () => {
  it('stand on free ground, whole dots, with a name and an id of their own', () => {
    const first = board({ ...element('e1', 2, 2, 50, 8), name: '文本' }).present;
    const made = fresh(first, { kind: 'text', name: '文本', w: 24.03, h: 5, value: '' }, null, 203);
    expect(made).toMatchObject({ id: 'e2', name: '文本 2', y: 11 });
    expect(made.x * 8).toBe(Math.round(made.x * 8));
  });

  it('never stick out of the label that they are dropped on', () => {
    const made = fresh(blank(60, 40), { kind: 'text', name: 'T', w: 20, h: 5 }, { x: 59, y: -4 }, 203);
    expect(made).toMatchObject({ x: 40, y: 0 });
  });

  it('are copied beside the originals, in a smaller label as well', () => {
    const template = board(element('e1', 2, 2), element('e2', 2, 9)).present;
    const copied = copies(template, template.elements);
    expect(copied.map((each) => each.id)).toEqual(['e3', 'e4']);
    expect(copied[1]).toMatchObject({ x: 4, y: 11, name: 'e2 2' });
    const small = copies(blank(20, 10), [element('z', 55, 35)]);
    expect(small[0]!.x).toBeLessThanOrEqual(18);
    expect(small[0]!.y).toBeLessThanOrEqual(8);
    expect(freshIds(template, 2)).toEqual(['e3', 'e4']);
  });
});
