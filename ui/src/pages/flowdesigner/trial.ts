import type { FlowNode } from '../../flowdesigner/tree';
import { find, innerOf, isColumn, walk } from '../../flowdesigner/tree';
import type { Tried } from './calls';

/** What a test run says of one node; undefined where it did not come by. */
export function passedAt(tried: Tried | null, id: string): Tried['path'][number] | undefined {
  return tried?.path.findLast((one) => one.node === id);
}

/** Which step of a test run a node was; -1 where it did not come by. */
export function turnOf(tried: Tried | null, id: string): number {
  return tried?.path.findLastIndex((one) => one.node === id) ?? -1;
}

/** Whether a test run came to a node; to a way of a block where it came by something within, or it was chosen. */
export function passedBy(tried: Tried, root: FlowNode, id: string): boolean {
  const node = find(root, id);
  if (node === undefined) return false;
  if (passedAt(tried, id) !== undefined) return true;
  if (node.kind === 'start') return true;
  const chosen = tried.path.some((one) => one.outcome === id);
  if (chosen || !isColumn(node.kind)) return chosen;
  return walk(node).some((one) => one !== node && passedAt(tried, one.id) !== undefined);
}

/** Whether a test run went along a line. */
export function passedLine(tried: Tried, root: FlowNode, from: string, to: string | null): boolean {
  if (!passedBy(tried, root, from)) return false;
  if (to !== null) return passedBy(tried, root, to);
  const node = find(root, from);
  // What leads to the end, or to where ways join, was gone if the run did not stop before.
  return node !== undefined && (tried.node !== from || innerOf(node.kind) !== undefined);
}
