interface Place {
  /** Where a node stands in the source, in code points; `end` is the first that no longer belongs. */
  start: number;
  end: number;
}

/** A tree of a formula (语法树), as the server's parser writes it. */
export type Node =
  | (Place & { kind: 'number'; value: string })
  | (Place & { kind: 'string'; value: string })
  | (Place & { kind: 'boolean'; value: boolean })
  | (Place & { kind: 'empty' })
  | (Place & { kind: 'field'; name: string })
  | (Place & { kind: 'unary'; operator: string; operand: Node })
  | (Place & { kind: 'binary'; operator: string; left: Node; right: Node })
  | (Place & { kind: 'call'; name: string; arguments: readonly Node[] });

/** One kind of node. */
export type NodeOf<Kind extends Node['kind']> = Extract<Node, { kind: Kind }>;

/** What is directly below a node. */
export function children(node: Node): readonly Node[] {
  if (node.kind === 'unary') return [node.operand];
  if (node.kind === 'binary') return [node.left, node.right];
  return node.kind === 'call' ? node.arguments : [];
}

/** The dotted names of all fields that a formula reads, each once, in the order in which they stand. */
export function fieldsOf(tree: Node): readonly string[] {
  const found = new Set<string>();
  const visit = (node: Node): void => {
    if (node.kind === 'field') found.add(node.name);
    children(node).forEach(visit);
  };
  visit(tree);
  return [...found];
}

/** Whether a formula depends on the present moment. */
export function readsNow(tree: Node): boolean {
  const here = tree.kind === 'call' && (tree.name === 'NOW' || tree.name === 'TODAY');
  return here || children(tree).some(readsNow);
}
