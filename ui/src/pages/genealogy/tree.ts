import type { Direction, Genealogy, PartEdge, PartNode } from '../../api/genealogy';

/** What names a node across answers: their ids may differ, this does not. */
export const keyOf = (node: Pick<PartNode, 'kind' | 'product' | 'code'>): string =>
  `${node.kind} ${node.product ?? ''} ${node.code}`;

/** One step of a genealogy: the node it leads to, and the edge. */
export interface Step {
  node: PartNode;
  edge: PartEdge;
}

/** Several answers put together. */
export interface Web {
  /** Steps from a node, by its key; a node that is missing has not been asked for. */
  steps: Map<string, Step[]>;
  nodes: Map<string, PartNode>;
}

interface Asked {
  answer: Genealogy;
  depth: number;
}

/** Put answers together into one web; the same step of two answers is one. */
export function webOf(asked: Asked[], direction: Direction): Web {
  const steps = new Map<string, Step[]>();
  const nodes = new Map<string, PartNode>();
  for (const { answer, depth } of asked) {
    const byId = new Map(answer.nodes.map((node) => [node.id, node]));
    for (const node of answer.nodes) {
      const key = keyOf(node);
      if (!nodes.has(key)) nodes.set(key, node);
      // Nodes at the edge of what was asked for may have more behind them; the others have been answered.
      if (node.depth < depth && !steps.has(key)) steps.set(key, []);
    }
    for (const edge of answer.edges) {
      const [near, far] = direction === 'down' ? [edge.parent, edge.child] : [edge.child, edge.parent];
      const from = byId.get(near);
      const to = byId.get(far);
      if (from === undefined || to === undefined) continue;
      const list = steps.get(keyOf(from)) ?? [];
      if (!list.some((one) => keyOf(one.node) === keyOf(to) && one.edge.since === edge.since)) {
        list.push({ node: to, edge });
      }
      steps.set(keyOf(from), list);
    }
  }
  return { steps, nodes };
}

/** When a row of the drawing holds, as seen from the moment that is looked at. */
export type Tense = 'past' | 'present' | 'future';

/** One row of the drawing. */
export interface Row {
  /** Unique among the rows: the way from the root. */
  path: string;
  node: PartNode;
  edge: PartEdge | null;
  level: number;
  tense: Tense;
  parent: number | null;
  /** Whether it can be opened: yes, no, or not known before asking. */
  inner: 'open' | 'closed' | 'none';
  /** Steps that are not shown because the list is long. */
  hidden: number;
}

const FIRST = 24;

/** What decides which rows are drawn. */
export interface View {
  /** Paths that are open; the root always is. */
  open: ReadonlySet<string>;
  /** Paths whose long lists are shown whole. */
  whole: ReadonlySet<string>;
  /** Steps of the root that held before or hold after the moment. */
  others: { step: Step; tense: Tense }[];
}

/** The rows of a drawing, parents before what they hold. */
export function rowsOf(web: Web, root: PartNode, view: View): Row[] {
  const rows: Row[] = [];
  const add = (node: PartNode, edge: PartEdge | null, path: string, parent: number | null, tense: Tense) => {
    const steps = web.steps.get(keyOf(node));
    const known = steps !== undefined;
    const leaf = node.kind !== 'item' || (known && steps.length === 0) || tense !== 'present';
    const open = parent === null || view.open.has(path);
    const here = rows.length;
    const shown = open && !leaf ? inOrder(steps ?? [], parent === null ? view.others : []) : [];
    const few = view.whole.has(path) ? shown : shown.slice(0, FIRST);
    rows.push({
      path,
      node,
      edge,
      level: path.split('/').length - 1,
      tense,
      parent,
      inner: leaf ? 'none' : open ? 'open' : 'closed',
      hidden: shown.length - few.length,
    });
    // A thing inside itself cannot be; a drawing that met one would not end.
    if (path.split('/').length > 40) return;
    for (const one of few) {
      add(
        one.step.node,
        one.step.edge,
        `${path}/${keyOf(one.step.node)}@${one.step.edge.since}`,
        here,
        one.tense,
      );
    }
  };
  add(root, null, keyOf(root), null, 'present');
  return rows;
}

/** Steps of one node, those that replaced each other next to each other. */
function inOrder(steps: Step[], others: View['others']): View['others'] {
  // While an answer for another moment is on its way, what it will hold may still stand in the one before.
  const known = new Set(steps.map((step) => `${keyOf(step.node)}@${step.edge.since}`));
  const around = others.filter(({ step }) => !known.has(`${keyOf(step.node)}@${step.edge.since}`));
  const all = [...steps.map((step): View['others'][number] => ({ step, tense: 'present' })), ...around];
  const first = new Map<string, number>();
  all.forEach(({ step }, index) => {
    const slot = slotOf(step.node);
    if (!first.has(slot)) first.set(slot, index);
  });
  return all.sort(
    (a, b) =>
      (first.get(slotOf(a.step.node)) ?? 0) - (first.get(slotOf(b.step.node)) ?? 0) ||
      a.step.edge.since.localeCompare(b.step.edge.since),
  );
}

/** What can stand in another's stead: parts of the same product. */
export const slotOf = (node: PartNode): string => node.product ?? node.code;
