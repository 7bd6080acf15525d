import type { FlowNode, NewWords, Spot } from './tree';
import {
  copied,
  find,
  fits,
  innerOf,
  inserted,
  isColumn,
  mapped,
  neighbour,
  newId,
  pathTo,
  spotOf,
  walk,
  without,
} from './tree';

/** A flow on the drawing board. */
export interface Board {
  past: FlowNode[];
  present: FlowNode;
  future: FlowNode[];
  /** The id of what is selected. */
  selected: string | null;
  /** What the last step was; a further step of the same name is one step with it. */
  last: string | null;
}

/** Everything that can be done to a flow; `step` joins what belongs to one typed word or one movement to one step. */
export type Action =
  | { do: 'insert'; spot: Spot; nodes: FlowNode[]; select?: string }
  | { do: 'move'; id: string; spot: Spot }
  | { do: 'remove'; id: string }
  | { do: 'column'; block: string; words: NewWords }
  | { do: 'shift'; id: string; by: -1 | 1 }
  | { do: 'step'; id: string; by: -1 | 1 }
  | { do: 'rename'; id: string; title: string; step?: string }
  | { do: 'option'; id: string; values: Record<string, unknown>; step?: string }
  | { do: 'kind'; id: string; kind: string; title: string; options: Record<string, unknown> }
  | { do: 'select'; id: string | null }
  | { do: 'replace'; tree: FlowNode }
  | { do: 'undo' }
  | { do: 'redo' };

const MOST_STEPS = 200;

/** A flow laid on the board; with an earlier drawing of it that undoing brings back. */
export function laid(tree: FlowNode, before: FlowNode | null = null): Board {
  return { past: before === null ? [] : [before], present: tree, future: [], selected: null, last: null };
}

/** Whether two drawings are the same. */
export function same(one: FlowNode, other: FlowNode): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** The board after an action; the same board when the action changes nothing. */
export function reduce(board: Board, action: Action): Board {
  switch (action.do) {
    case 'select':
      return board.selected === action.id ? board : { ...board, selected: action.id, last: null };
    case 'undo':
      return stepBack(board);
    case 'redo':
      return stepOn(board);
    case 'insert':
      return insertedIn(board, action);
    case 'move':
      return moved(board, action.id, action.spot);
    case 'remove':
      return removed(board, action.id);
    case 'column':
      return columnAdded(board, action.block, action.words);
    case 'shift':
      return shifted(board, action.id, action.by);
    case 'step':
      return walked(board, action.id, action.by);
    default:
      return changed(board, action);
  }
}

type Change = Extract<Action, { do: 'rename' | 'option' | 'kind' | 'replace' }>;

function changed(board: Board, action: Change): Board {
  switch (action.do) {
    case 'replace':
      return stepped({ ...board, selected: null }, action.tree);
    case 'rename':
      return stepped(
        board,
        mapped(board.present, action.id, (one) => ({ ...one, title: action.title })),
        action.step,
      );
    case 'option':
      return stepped(
        board,
        mapped(board.present, action.id, (one) => ({ ...one, options: set(one.options, action.values) })),
        action.step,
      );
    case 'kind':
      return stepped(
        board,
        mapped(board.present, action.id, (one) => ({
          ...one,
          kind: action.kind,
          title: action.title,
          options: action.options,
        })),
      );
  }
}

/** Options with some set anew; what is undefined says nothing any more. */
function set(options: Record<string, unknown>, values: Record<string, unknown>): Record<string, unknown> {
  const all = { ...options, ...values };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function stepped(board: Board, present: FlowNode, step: string | null = null): Board {
  if (present === board.present) return board;
  const joined = step !== null && step === board.last;
  return {
    ...board,
    present,
    past: joined ? board.past : [...board.past, board.present].slice(-MOST_STEPS),
    future: [],
    last: step,
  };
}

function stepBack(board: Board): Board {
  const present = board.past.at(-1);
  if (present === undefined) return board;
  const past = board.past.slice(0, -1);
  return kept(
    { ...board, present, past, future: [board.present, ...board.future], last: null },
    board.present,
  );
}

function stepOn(board: Board): Board {
  const [present, ...future] = board.future;
  if (present === undefined) return board;
  return kept({ ...board, present, past: [...board.past, board.present], future, last: null }, board.present);
}

/** What is selected must still be there; where it is not, what stood above it is. */
function kept(board: Board, before: FlowNode): Board {
  const selected = board.selected === null ? null : nearest(before, board.selected, board.present);
  return selected === board.selected ? board : { ...board, selected };
}

/** The node itself where it is in the other drawing, else the first above it that is. */
function nearest(root: FlowNode, id: string, other: FlowNode): string | null {
  let at: string | null = id;
  while (at !== null && find(other, at) === undefined) at = neighbour(root, at, 'up');
  return at;
}

function insertedIn(board: Board, { spot, nodes, select }: Extract<Action, { do: 'insert' }>): Board {
  const parent = find(board.present, spot.parent);
  if (parent === undefined || nodes.length === 0 || !nodes.every((one) => fits(parent, one.kind)))
    return board;
  const next = stepped(board, inserted(board.present, spot, nodes));
  return { ...next, selected: select ?? nodes[0]?.id ?? null };
}

/** A node goes elsewhere with all that it holds; never into itself. */
function moved(board: Board, id: string, spot: Spot): Board {
  const node = find(board.present, id);
  const parent = find(board.present, spot.parent);
  const from = spotOf(board.present, id);
  if (node === undefined || parent === undefined || from === null) return board;
  if (walk(node).includes(parent) || !fits(parent, node.kind)) return board;
  // A way of a block stays in its block: taking it out could leave a block of one.
  if (innerOf(parent.kind) !== undefined && from.parent !== spot.parent) return board;
  const same = from.parent === spot.parent;
  const at = same && from.at < spot.at ? spot.at - 1 : spot.at;
  if (same && at === from.at) return board;
  const lifted = mapped(board.present, from.parent, (one) => ({
    ...one,
    children: one.children.filter((child) => child.id !== id),
  }));
  return stepped(board, inserted(lifted, { parent: spot.parent, at }, [node]));
}

function removed(board: Board, id: string): Board {
  const parent = pathTo(board.present, id).at(-1);
  if (parent === undefined) return board;
  const next = stepped(board, settled(without(board.present, id), parent.id));
  return { ...next, selected: nearest(board.present, id, next.present) };
}

/** The last case of a branch is taken otherwise, and says no condition. */
function settled(root: FlowNode, block: string): FlowNode {
  const node = find(root, block);
  if (node?.kind !== 'branch') return root;
  const last = node.children.at(-1);
  if (last?.options['when'] === undefined) return root;
  return mapped(root, last.id, (one) => ({ ...one, options: set(one.options, { when: undefined }) }));
}

/** One way more: a case before the last, which is taken otherwise; a lane at the end. */
function columnAdded(board: Board, block: string, words: NewWords): Board {
  const node = find(board.present, block);
  const inner = node === undefined ? undefined : innerOf(node.kind);
  if (node === undefined || inner === undefined) return board;
  const count = node.children.length;
  const column: FlowNode = {
    id: newId(),
    kind: inner,
    title: words.column(inner, inner === 'case' ? count : count + 1),
    options: {},
    children: [],
  };
  const at = inner === 'case' ? count - 1 : count;
  const next = stepped(board, inserted(board.present, { parent: block, at }, [column]));
  return { ...next, selected: column.id };
}

/** Whether a way of a block may go further left or right; the last case always stays last. */
export function mayShift(root: FlowNode, id: string, by: -1 | 1): boolean {
  const parent = pathTo(root, id).at(-1);
  if (parent === undefined || innerOf(parent.kind) === undefined) return false;
  const at = parent.children.findIndex((one) => one.id === id);
  const most = parent.kind === 'branch' ? parent.children.length - 2 : parent.children.length - 1;
  return at <= most && at + by >= 0 && at + by <= most;
}

function shifted(board: Board, id: string, by: -1 | 1): Board {
  const spot = spotOf(board.present, id);
  if (spot === null || !mayShift(board.present, id, by)) return board;
  return moved(board, id, { parent: spot.parent, at: by < 0 ? spot.at - 1 : spot.at + 2 });
}

/**
 * Where a step goes that is moved one place up or down: past its neighbour, or out of the way of a block that it
 * stands at an end of; null where it can go no further.
 */
export function spotBeside(root: FlowNode, id: string, by: -1 | 1): Spot | null {
  const spot = spotOf(root, id);
  const node = find(root, id);
  const parent = spot === null ? undefined : find(root, spot.parent);
  if (spot === null || parent === undefined || node === undefined || isColumn(node.kind)) return null;
  const next = parent.children[spot.at + by];
  if (next !== undefined) return { parent: parent.id, at: by < 0 ? spot.at - 1 : spot.at + 2 };
  const block = isColumn(parent.kind) ? pathTo(root, parent.id).at(-1) : undefined;
  const around = block === undefined ? null : spotOf(root, block.id);
  return around === null ? null : { parent: around.parent, at: by < 0 ? around.at : around.at + 1 };
}

function walked(board: Board, id: string, by: -1 | 1): Board {
  const spot = spotBeside(board.present, id, by);
  return spot === null ? board : moved(board, id, spot);
}

/** Where something pasted or added by key goes: behind what is selected, into a way of a block, else at the end. */
export function spotAfter(board: Board): Spot {
  const { present, selected } = board;
  const end = { parent: present.id, at: present.children.length };
  if (selected === null) return end;
  const node = find(present, selected);
  if (node === undefined) return end;
  if (fits(node, 'fill')) return { parent: node.id, at: 0 };
  const spot = spotOf(present, selected);
  // Nothing comes behind an end: what is added goes before it.
  return spot === null ? end : { parent: spot.parent, at: node.kind === 'end' ? spot.at : spot.at + 1 };
}

/** How many steps go with a node that is taken away. */
export function heldBy(node: FlowNode): number {
  return walk(node).filter((one) => one !== node && !['case', 'lane'].includes(one.kind)).length;
}

/** What is pasted behind the selection: a copied way of a block is pasted as its steps. */
export function pasted(node: FlowNode): FlowNode[] {
  const copy = copied(node);
  return fits({ ...copy, kind: 'start' }, copy.kind) ? [copy] : copy.children;
}
