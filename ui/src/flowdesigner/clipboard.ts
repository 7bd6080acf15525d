import type { FlowNode } from './tree';

const KEY = 'mazhi.flows.clipboard';

/** Keep a node with all that it holds for pasting, here or in another flow of this browser. */
export function putClipboard(node: FlowNode): void {
  localStorage.setItem(KEY, JSON.stringify(node));
}

/** What was copied last; null where there is nothing, or nothing that can be read. */
export function clipboard(): FlowNode | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? 'null') as FlowNode | null;
    return found !== null && typeof found.kind === 'string' && Array.isArray(found.children) ? found : null;
  } catch {
    return null;
  }
}
