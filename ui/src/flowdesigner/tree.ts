import { newClientKey } from '../api/clientKey';
/** One node (节点) of a flow, as the server keeps it. */
export interface FlowNode {
  id: string;
  kind: string;
  title: string;
  options: Record<string, unknown>;
  children: FlowNode[];
}

/** A place in a sequence, or among the cases or lanes of a block. */
export interface Spot {
  parent: string;
  at: number;
}

const INNER: Partial<Record<string, string>> = { branch: 'case', parallel: 'lane' };

/** The nodes that hold a sequence. */
const SEQUENCES = new Set(['start', 'case', 'lane']);

/** What the children of a block are: cases or lanes; undefined for everything else. */
export const innerOf = (kind: string): string | undefined => INNER[kind];

/** Whether a kind holds a sequence of others. */
export const holdsSequence = (kind: string): boolean => SEQUENCES.has(kind);

/** Whether a node is a case or a lane, which lives in a block only. */
export const isColumn = (kind: string): boolean => kind === 'case' || kind === 'lane';

/** A node and everything within, in the order of the drawing. */
export function walk(node: FlowNode): FlowNode[] {
  return [node, ...node.children.flatMap(walk)];
}

/** The node of that id. */
export function find(root: FlowNode, id: string): FlowNode | undefined {
  if (root.id === id) return root;
  for (const child of root.children) {
    const found = find(child, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a node stands in, from the start down to its parent; empty for the start. */
export function pathTo(root: FlowNode, id: string): FlowNode[] {
  const search = (node: FlowNode): FlowNode[] | undefined => {
    for (const child of node.children) {
      if (child.id === id) return [node];
      const below = search(child);
      if (below !== undefined) return [node, ...below];
    }
    return undefined;
  };
  return search(root) ?? [];
}

/** Where a node stands; null for the start and for what is not there. */
export function spotOf(root: FlowNode, id: string): Spot | null {
  const parent = pathTo(root, id).at(-1);
  return parent === undefined
    ? null
    : { parent: parent.id, at: parent.children.findIndex((one) => one.id === id) };
}

/** The tree with one node put through a function; everything that is not above it stays the same object. */
export function mapped(root: FlowNode, id: string, change: (node: FlowNode) => FlowNode): FlowNode {
  if (root.id === id) return change(root);
  const children = root.children.map((child) => mapped(child, id, change));
  return children.some((child, at) => child !== root.children[at]) ? { ...root, children } : root;
}

/** The tree with nodes put at a place. */
export function inserted(root: FlowNode, { parent, at }: Spot, nodes: readonly FlowNode[]): FlowNode {
  return mapped(root, parent, (one) => ({
    ...one,
    children: [...one.children.slice(0, at), ...nodes, ...one.children.slice(at)],
  }));
}

/**
 * The tree without a node. Of a block of two, where one way is taken away, the other's steps take the place of the
 * block: a choice of one is none.
 */
export function without(root: FlowNode, id: string): FlowNode {
  const path = pathTo(root, id);
  const parent = path.at(-1);
  if (parent === undefined) return root;
  if (innerOf(parent.kind) !== undefined && parent.children.length <= 2) {
    const left = parent.children.find((one) => one.id !== id);
    const around = spotOf(root, parent.id);
    if (around === null) return root;
    const dropped = mapped(root, around.parent, (one) => ({
      ...one,
      children: one.children.filter((child) => child.id !== parent.id),
    }));
    return inserted(dropped, around, left?.children ?? []);
  }
  return mapped(root, parent.id, (one) => ({
    ...one,
    children: one.children.filter((child) => child.id !== id),
  }));
}

/** Whether a node may stand as a child of another: cases in branches, lanes in parallels, all else in sequences. */
export function fits(parent: FlowNode, kind: string): boolean {
  const inner = innerOf(parent.kind);
  if (inner !== undefined) return kind === inner;
  return holdsSequence(parent.kind) && kind !== 'start' && !isColumn(kind);
}

/** A new id; short, and nobody else's. */
export const newId = newClientKey;

/** A copy of a node with ids of its own; what within it names another node of it names the copy's. */
export function copied(node: FlowNode): FlowNode {
  const ids = new Map(walk(node).map((one) => [one.id, newId()]));
  const renamed = (value: unknown): unknown => {
    if (typeof value === 'string') return ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renamed(inner)]));
  };
  const copy = (one: FlowNode): FlowNode => ({
    ...one,
    id: ids.get(one.id) ?? newId(),
    options: renamed(one.options) as Record<string, unknown>,
    children: one.children.map(copy),
  });
  return copy(node);
}

/** Words for what is new: the title of a kind, and of the ways of a block. */
export interface NewWords {
  title: (kind: string) => string;
  column: (kind: string, number: number) => string;
  otherwise: string;
}

/** A new node; a block with its first two ways. */
export function fresh(kind: string, words: NewWords): FlowNode {
  const inner = innerOf(kind);
  const title = words.title(kind);
  const node: FlowNode = { id: newId(), kind, title, options: {}, children: [] };
  if (inner === undefined) return node;
  const second = inner === 'case' ? words.otherwise : words.column(inner, 2);
  const column = (name: string): FlowNode => ({
    ...{ id: newId(), kind: inner, title: name, options: {}, children: [] },
  });
  return { ...node, children: [column(words.column(inner, 1)), column(second)] };
}

/** The nodes that surely come before a node, in their order: those that work can be sent back to. */
export function before(root: FlowNode, id: string): FlowNode[] {
  const path = [...pathTo(root, id), find(root, id)].filter((one) => one !== undefined);
  return path.flatMap((one, depth) => {
    const next = path[depth + 1];
    if (next === undefined) return [];
    if (innerOf(one.kind) !== undefined) return [];
    const earlier = one.children.slice(0, one.children.indexOf(next));
    return one.kind === 'start' ? [one, ...earlier] : earlier;
  });
}

/** The neighbour of a node in a direction, as the arrow keys go through the drawing. */
export function neighbour(root: FlowNode, id: string, to: 'up' | 'down' | 'left' | 'right'): string | null {
  const path = pathTo(root, id);
  const node = find(root, id);
  if (node === undefined) return null;
  if (to === 'left' || to === 'right') {
    const column = [...path, node].findLast((one) => isColumn(one.kind));
    const block = column === undefined ? undefined : pathTo(root, column.id).at(-1);
    const at = block?.children.findIndex((one) => one.id === column?.id) ?? -1;
    return block?.children[at + (to === 'left' ? -1 : 1)]?.id ?? null;
  }
  return to === 'down' ? below(node, path) : above(root, node, path);
}

function below(node: FlowNode, path: FlowNode[]): string | null {
  const first = node.children[0];
  if (first !== undefined) return first.id;
  let inner = node;
  for (const parent of [...path].reverse()) {
    const next = parent.children[parent.children.indexOf(inner) + 1];
    // Beside a way of a block stands the next way, not what follows.
    if (next !== undefined && innerOf(parent.kind) === undefined) return next.id;
    inner = parent;
  }
  return null;
}

function above(root: FlowNode, node: FlowNode, path: FlowNode[]): string | null {
  const parent = path.at(-1);
  if (parent === undefined) return null;
  const at = parent.children.indexOf(node);
  if (innerOf(parent.kind) !== undefined) return parent.id;
  const earlier = parent.children[at - 1];
  return earlier === undefined ? parent.id : (lastOf(earlier)?.id ?? root.id);
}

/** Where one comes to from below: the last node of the first way. */
function lastOf(node: FlowNode): FlowNode | undefined {
  const next = innerOf(node.kind) === undefined ? node.children.at(-1) : node.children[0];
  return next === undefined ? node : lastOf(next);
}
