import type { FlowNode } from './tree';
import { pathTo, walk } from './tree';

/** One step in which two drawings of a flow differ. */
export interface Difference {
  id: string;
  title: string;
  kind: string;
  /** Whether only one of the drawings has it, both say something else of it, or it stands elsewhere. */
  what: 'mine' | 'theirs' | 'changed' | 'moved';
}

/** Where a node stands: what it is in, and what comes before it there of what both drawings have. */
function place(root: FlowNode, id: string, both: ReadonlySet<string>): string {
  const parent = pathTo(root, id).at(-1);
  const earlier = parent?.children.slice(
    0,
    parent.children.findIndex((one) => one.id === id),
  );
  return `${parent?.id ?? ''} ${earlier?.findLast((one) => both.has(one.id))?.id ?? ''}`;
}

/** In what two drawings of a flow differ, in the order of the first; what only the other has comes last. */
export function differences(mine: FlowNode, theirs: FlowNode): Difference[] {
  const [own, other] = [new Map(), new Map()] as [Map<string, FlowNode>, Map<string, FlowNode>];
  for (const one of walk(mine)) own.set(one.id, one);
  for (const one of walk(theirs)) other.set(one.id, one);
  const both = new Set([...own.keys()].filter((id) => other.has(id)));
  const told = (node: FlowNode, what: Difference['what']): Difference => ({
    ...{ id: node.id, title: node.title, kind: node.kind, what },
  });
  const found: Difference[] = [];
  for (const node of own.values()) {
    const twin = other.get(node.id);
    if (twin === undefined) found.push(told(node, 'mine'));
    else if (said(node) !== said(twin)) found.push(told(node, 'changed'));
    else if (place(mine, node.id, both) !== place(theirs, node.id, both)) found.push(told(node, 'moved'));
  }
  for (const node of other.values()) if (!own.has(node.id)) found.push(told(node, 'theirs'));
  return found;
}

const said = ({ kind, title, options }: FlowNode) => JSON.stringify([kind, title, options]);
