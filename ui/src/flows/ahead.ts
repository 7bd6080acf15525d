import type { FlowNode, InstanceInfo, StepInfo, StepPerson } from './api';

/** One line of the timeline (流程): what was done, what is going on, what follows. */
export interface Stop {
  key: string;
  node: FlowNode;
  when: 'done' | 'now' | 'failed' | 'back' | 'gone' | 'ahead';
  /** The visit of the node; null where nobody has come to it. */
  step: StepInfo | null;
  /** Of a branch that is ahead: the ways that may be taken. */
  ways: string[];
}

const STRUCTURE = new Set(['branch', 'parallel', 'case', 'lane']);

/** Every node of a drawing by its id. */
export function nodesOf(tree: FlowNode): Map<string, FlowNode> {
  const found = new Map<string, FlowNode>();
  const walk = (node: FlowNode) => {
    found.set(node.id, node);
    node.children.forEach(walk);
  };
  walk(tree);
  return found;
}

function parentsOf(tree: FlowNode): Map<string, FlowNode> {
  const found = new Map<string, FlowNode>();
  const walk = (node: FlowNode) => {
    for (const child of node.children) {
      found.set(child.id, node);
      walk(child);
    }
  };
  walk(tree);
  return found;
}

/** What follows a node of a drawing, in order; blocks as a whole, since which way is taken is not known. */
export function following(tree: FlowNode, from: FlowNode): FlowNode[] {
  // The beginning contains what comes after it.
  if (from.kind === 'start') return from.children;
  const parents = parentsOf(tree);
  const found: FlowNode[] = [];
  let at = from;
  for (;;) {
    const parent = parents.get(at.id);
    if (parent === undefined) return found;
    // Beside a case or a lane stand other ways, not what follows.
    if (at.kind !== 'case' && at.kind !== 'lane') {
      const place = parent.children.findIndex((one) => one.id === at.id);
      for (const next of parent.children.slice(place + 1)) {
        found.push(next);
        if (next.kind === 'end') return found;
      }
    }
    at = parent;
  }
}

const WHEN: Record<StepInfo['state'], Stop['when']> = {
  open: 'now',
  done: 'done',
  back: 'back',
  undone: 'gone',
  void: 'gone',
  failed: 'failed',
};

/** The whole timeline of an instance: its steps as they came, and after the present ones what follows. */
export function timeline(instance: Pick<InstanceInfo, 'tree' | 'steps' | 'state'>): Stop[] {
  const { tree, state } = instance;
  const nodes = nodesOf(tree);
  const steps = [...instance.steps].sort((one, other) => one.id - other.id);
  const past: Stop[] = [];
  for (const step of steps) {
    const node = nodes.get(step.node);
    if (node === undefined || STRUCTURE.has(node.kind) || (step.state === 'void' && isIdle(step))) continue;
    past.push({ key: `s${step.id}`, node, when: WHEN[step.state], step, ways: [] });
  }
  if (state !== 'running' && state !== 'failed') return past;
  return [...past, ...ahead(tree, nodes, steps)];
}

function ahead(tree: FlowNode, nodes: Map<string, FlowNode>, steps: readonly StepInfo[]): Stop[] {
  const known = new Set<string>();
  const found: Stop[] = [];
  const open = steps.filter((one) => one.state === 'open' || one.state === 'failed');
  // The innermost first: what follows within a lane comes before what follows the block.
  const inner = open.filter((one) => !STRUCTURE.has(one.kind));
  const held = new Set(open.map((one) => one.node));
  const put = (node: FlowNode) => {
    if (known.has(node.id) || held.has(node.id)) return;
    known.add(node.id);
    if (node.kind === 'parallel') {
      for (const lane of node.children) lane.children.forEach(put);
      return;
    }
    const ways = node.kind === 'branch' ? node.children.map((one) => one.title) : [];
    found.push({ key: `n${node.id}`, node, when: 'ahead', step: null, ways });
  };
  const lists = inner.flatMap((one) => {
    const node = nodes.get(one.node);
    return node === undefined ? [] : [following(tree, node)];
  });
  // What all lanes come to stands after what only one of them does.
  const times = new Map<string, number>();
  for (const list of lists) for (const one of list) times.set(one.id, (times.get(one.id) ?? 0) + 1);
  for (const list of lists) list.filter((one) => times.get(one.id) === 1).forEach(put);
  for (const list of lists) list.forEach(put);
  return found;
}

/** A step that was given up before anybody did anything. */
function isIdle(step: StepInfo): boolean {
  return !step.people.some((one) => one.action !== '');
}

/** How each node of a drawing stands: by its latest visit. */
export function standing(steps: readonly StepInfo[]): Map<string, StepInfo> {
  const found = new Map<string, StepInfo>();
  for (const one of steps) {
    const known = found.get(one.node);
    if (known === undefined || known.id < one.id) found.set(one.node, one);
  }
  return found;
}

/** Who has acted at a step, in the order in which they did. */
export function acted(people: readonly StepPerson[]): StepPerson[] {
  return people
    .filter((one) => one.action !== '')
    .sort((one, other) => (one.at ?? '').localeCompare(other.at ?? ''));
}

/** Who is to act at a step now, and whose turn comes after that. */
export function awaited(people: readonly StepPerson[]): [StepPerson[], StepPerson[]] {
  return [people.filter((one) => one.state === 'open'), people.filter((one) => one.state === 'waiting')];
}
