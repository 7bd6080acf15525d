import { describe, expect, it } from 'vitest';
import { clipboard, putClipboard } from './clipboard';
import type { Action, Board } from './model';
import { heldBy, laid, mayShift, pasted, reduce, same, spotAfter } from './model';
import { dice, node, random, WORDS } from './testing';
import type { FlowNode } from './tree';
import { before, copied, find, fits, fresh, innerOf, neighbour, pathTo, spotOf, walk, without } from './tree';

const titles = (one: FlowNode) => one.children.map((child) => child.title);
const play = (tree: FlowNode, ...actions: Action[]): Board => actions.reduce(reduce, laid(tree));

/** start → a → branch(x: b | y) → c */
const flow = () =>
  node(
    'start',
    'start',
    node('fill', 'a'),
    node('branch', 'w', node('case', 'x', node('approve', 'b')), node('case', 'y')),
    node('copy', 'c'),
  );

/** What is wrong with a tree; nothing, whatever was done to it. */
function faults(root: FlowNode): string[] {
  const all = walk(root);
  const twice = new Set(all.map((one) => one.id)).size === all.length ? [] : ['an id twice'];
  return all.reduce((found, one) => {
    for (const child of one.children) if (!fits(one, child.kind)) found.push(`${one.kind} > ${child.kind}`);
    if (innerOf(one.kind) !== undefined && one.children.length < 2) found.push('a block of one');
    if (one.kind === 'branch' && one.children.at(-1)?.options['when'] !== undefined) found.push('otherwise');
    return found;
  }, twice);
}

describe('a flow on the board', () => {
  it('stays a flow whatever is done to it, and every step can be undone and done again', () => {
    for (let seed = 0; seed < 40; seed++) {
      const roll = dice(seed);
      const begun = random(roll, 2);
      let board = laid(begun);
      for (let step = 0; step < 30; step++) {
        const all = walk(board.present);
        const some = () => all[roll(all.length)] ?? board.present;
        const [one, other] = [some(), some()];
        const spot = { parent: other.id, at: roll(other.children.length + 1) };
        const actions: Action[] = [
          { do: 'insert', spot, nodes: [fresh(['fill', 'branch', 'parallel'][roll(3)] ?? 'fill', WORDS)] },
          { do: 'move', id: one.id, spot },
          { do: 'remove', id: one.id },
          { do: 'column', block: one.id, words: WORDS },
          { do: 'shift', id: one.id, by: roll(2) === 0 ? -1 : 1 },
          { do: 'insert', spot, nodes: pasted(one) },
          { do: 'rename', id: one.id, title: `t${step}` },
        ];
        if (all.length < 60 || roll(2) === 0) board = reduce(board, actions[roll(7)] ?? { do: 'undo' });
        expect(faults(board.present)).toEqual([]);
      }
      const done = board.present;
      const steps = board.past.length;
      for (let at = 0; at < steps; at++) board = reduce(board, { do: 'undo' });
      expect(same(board.present, begun)).toBe(true);
      for (let at = 0; at < steps; at++) board = reduce(board, { do: 'redo' });
      expect(same(board.present, done)).toBe(true);
    }
  });

  it('puts a new step where the + was and selects it', () => {
    const board = play(flow(), {
      do: 'insert',
      spot: { parent: 'start', at: 1 },
      nodes: [node('scan', 'n')],
    });
    expect(titles(board.present)).toEqual(['a', 'n', 'w', 'c']);
    expect(board.selected).toBe('n');
  });

  it('keeps ways of a block in it, and steps out of the places of ways', () => {
    const tree = flow();
    expect(play(tree, { do: 'move', id: 'x', spot: { parent: 'start', at: 0 } }).present).toBe(tree);
    expect(play(tree, { do: 'move', id: 'w', spot: { parent: 'x', at: 0 } }).present).toBe(tree);
    expect(
      play(tree, { do: 'insert', spot: { parent: 'w', at: 0 }, nodes: [node('fill', 'n')] }).present,
    ).toBe(tree);
  });

  it('adds a condition before the last, which stays what is taken otherwise', () => {
    const board = play(flow(), { do: 'column', block: 'w', words: WORDS });
    const block = find(board.present, 'w')!;
    expect(titles(block)).toEqual(['x', 'case 2', 'y']);
    expect(mayShift(board.present, 'y', -1)).toBe(false);
    expect(mayShift(board.present, 'x', 1)).toBe(true);
    expect(titles(find(reduce(board, { do: 'shift', id: 'x', by: 1 }).present, 'w')!)).toEqual([
      'case 2',
      'x',
      'y',
    ]);
  });

  it('dissolves a branch of two when one way goes, keeping the steps of the other', () => {
    expect(titles(without(flow(), 'y'))).toEqual(['a', 'b', 'c']);
    expect(titles(without(flow(), 'x'))).toEqual(['a', 'c']);
  });

  it('takes the condition off a case that becomes the last', () => {
    const tree = flow();
    tree.children[1]!.children.splice(1, 0, { ...node('case', 'z'), options: { when: 'a > 1' } });
    const board = play(tree, { do: 'remove', id: 'y' });
    expect(find(board.present, 'z')?.options).toEqual({});
  });

  it('joins what is typed in one go to one step', () => {
    const typed = (title: string): Action => ({ do: 'rename', id: 'a', title, step: 'title a' });
    const board = play(flow(), typed('收'), typed('收货'), typed('收货扫码'));
    expect(board.past).toHaveLength(1);
    expect(find(reduce(board, { do: 'undo' }).present, 'a')?.title).toBe('a');
  });

  it('copies with new ids, also where one copied step names another', () => {
    const tree = node('case', 'x', node('fill', 'a'), {
      ...node('approve', 'b'),
      options: { to: ['a', 'q'] },
    });
    putClipboard(tree);
    const [first, second] = pasted(clipboard()!);
    expect(first?.id).not.toBe('a');
    expect(second?.options['to']).toEqual([first?.id, 'q']);
    expect(copied(tree).id).not.toBe('x');
  });

  it('pastes behind what is selected, or into the way that is', () => {
    const board = laid(flow());
    expect(spotAfter(reduce(board, { do: 'select', id: 'a' }))).toEqual({ parent: 'start', at: 1 });
    expect(spotAfter(reduce(board, { do: 'select', id: 'x' }))).toEqual({ parent: 'x', at: 0 });
    expect(spotAfter(reduce(board, { do: 'select', id: 'w' }))).toEqual({ parent: 'start', at: 2 });
    expect(spotAfter(board)).toEqual({ parent: 'start', at: 3 });
  });

  it('changes the kind of a step and what it says', () => {
    const options = { who: 1 };
    const board = play(flow(), { do: 'kind', id: 'a', kind: 'approve', title: '审批', options });
    expect(find(board.present, 'a')).toMatchObject({ kind: 'approve', title: '审批', options });
  });

  it('counts what goes with a node that is taken away', () => {
    expect(heldBy(find(flow(), 'w')!)).toBe(1);
    expect(heldBy(find(flow(), 'a')!)).toBe(0);
  });
});

describe('ways through a flow', () => {
  it('knows what a step stands in, and where', () => {
    expect(pathTo(flow(), 'b').map((one) => one.id)).toEqual(['start', 'w', 'x']);
    expect(spotOf(flow(), 'c')).toEqual({ parent: 'start', at: 2 });
    expect(spotOf(flow(), 'start')).toBeNull();
  });

  it('finds the steps that surely come before another', () => {
    expect(before(flow(), 'b').map((one) => one.id)).toEqual(['start', 'a']);
    expect(before(flow(), 'c').map((one) => one.id)).toEqual(['start', 'a', 'w']);
  });

  it('goes through the drawing by arrows', () => {
    const go = (id: string, to: 'up' | 'down' | 'left' | 'right') => neighbour(flow(), id, to);
    expect([go('start', 'down'), go('a', 'down'), go('w', 'down'), go('x', 'down')]).toEqual([
      ...['a', 'w', 'x', 'b'],
    ]);
    expect([go('b', 'down'), go('y', 'down'), go('c', 'down')]).toEqual(['c', 'c', null]);
    expect([go('b', 'right'), go('x', 'right'), go('y', 'left')]).toEqual(['y', 'y', 'x']);
    expect([go('c', 'up'), go('b', 'up'), go('x', 'up'), go('a', 'up')]).toEqual(['b', 'x', 'w', 'start']);
  });
});

describe('by keyboard', () => {
  const drawing = () => {
    const branch = node(
      'branch',
      'b',
      node('case', 'c1', node('fill', 'x'), node('fill', 'y')),
      node('case', 'c2'),
    );
    return laid(node('start', 'start', node('fill', 'a'), branch, node('fill', 'z')));
  };
  const order = (board: ReturnType<typeof drawing>) =>
    walk(board.present)
      .map((one) => one.id)
      .join(' ');

  it('moves a step past its neighbours, and out of the way of a block at either end', () => {
    const up = reduce(drawing(), { do: 'step', id: 'y', by: -1 });
    expect(order(up)).toBe('start a b c1 y x c2 z');
    expect(order(reduce(up, { do: 'step', id: 'y', by: -1 }))).toBe('start a y b c1 x c2 z');
    expect(order(reduce(up, { do: 'step', id: 'x', by: 1 }))).toBe('start a b c1 y c2 x z');
    expect(order(reduce(drawing(), { do: 'step', id: 'a', by: 1 }))).toBe('start b c1 x y c2 a z');
    expect(reduce(up, { do: 'step', id: 'a', by: -1 })).toBe(up);
    expect(reduce(up, { do: 'step', id: 'c1', by: 1 })).toBe(up);
  });

  it('goes on from what stood above when what was selected is gone', () => {
    const chosen = reduce(drawing(), { do: 'select', id: 'y' });
    const gone = reduce(chosen, { do: 'remove', id: 'y' });
    expect(gone.selected).toBe('x');
    expect(reduce(gone, { do: 'undo' }).selected).toBe('x');
    const added = reduce(chosen, { do: 'insert', spot: spotAfter(chosen), nodes: [node('copy', 'n')] });
    expect(reduce(added, { do: 'undo' }).selected).toBe('y');
  });

  it('adds before an end, behind which nothing comes', () => {
    const board = { ...laid(node('start', 'start', node('fill', 'a'), node('end', 'e'))), selected: 'e' };
    expect(spotAfter(board)).toEqual({ parent: 'start', at: 1 });
  });
});
