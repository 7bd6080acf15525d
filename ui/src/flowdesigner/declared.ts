import type { Option, Words } from '../formdesigner/declared';

/** Where the popover of the round + shows a kind: 人工, 实物, 数据, 通知, 流转. */
export const GROUPS = ['people', 'goods', 'data', 'message', 'logic'] as const;

/** What a node may hold. */
export type Contains = 'nothing' | 'sequence' | 'cases' | 'lanes';

/** A kind of node, as the server declares it. */
export interface NodeKind {
  name: string;
  title: Words;
  hint: Words;
  /** Missing for what comes with others: start, case, lane. */
  group: string | null;
  icon: string;
  colour: string;
  contains: Contains;
  /** Whether people work on it. */
  work: boolean;
  options: Option[];
  example: Record<string, unknown>;
}

/** Something that people do with a task: 同意, 退回 … */
export interface ActionKind {
  name: string;
  title: Words;
  on: 'task' | 'flow';
  who: 'assignee' | 'starter' | 'manager';
  /** The kinds of node that have it; empty for all kinds of work. */
  nodes: string[];
  usual: boolean;
  comment: 'never' | 'may' | 'must';
  to: 'nothing' | 'people' | 'node';
  danger: boolean;
}

/** A way in which a flow begins, as the server declares it. */
export interface TriggerKind {
  name: string;
  title: Words;
  hint: Words;
  options: Option[];
}

/** All that the server declares about flows. */
export interface FlowDeclaration {
  kinds: NodeKind[];
  actions: ActionKind[];
  triggers?: TriggerKind[];
}

/** The kinds by their names. */
export type NodeKinds = ReadonlyMap<string, NodeKind>;

/** The kinds by their names. */
export function kindsByName(declaration: FlowDeclaration): NodeKinds {
  return new Map(declaration.kinds.map((one) => [one.name, one]));
}

/** The actions that a task of a node may have. */
export function actionsOf(kind: string, actions: readonly ActionKind[]): ActionKind[] {
  return actions.filter(
    (one) =>
      one.on === 'task' && one.who === 'assignee' && (one.nodes.length === 0 || one.nodes.includes(kind)),
  );
}

/** The kinds that a node can be changed to, itself left out: work stays work, what acts by itself stays that. */
export function changeable(kind: NodeKind, kinds: NodeKinds): NodeKind[] {
  if (kind.group === null || kind.contains !== 'nothing') return [];
  return [...kinds.values()].filter(
    (one) =>
      one.name !== kind.name &&
      one.group !== null &&
      one.contains === 'nothing' &&
      one.work === kind.work &&
      (kind.work || one.group === kind.group),
  );
}

/** What a node still says after its kind has changed: the options that both kinds declare alike. */
export function optionsKept(
  options: Record<string, unknown>,
  from: NodeKind,
  to: NodeKind,
): Record<string, unknown> {
  const types = new Map(from.options.map((one) => [one.name, one.type]));
  const alike = new Set(to.options.filter((one) => types.get(one.name) === one.type).map((one) => one.name));
  return Object.fromEntries(Object.entries(options).filter(([name]) => alike.has(name)));
}
