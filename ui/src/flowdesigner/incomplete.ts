import type { FormField } from '../forms/model';
import { isEmpty } from '../forms/model';
import type { NodeKinds } from './declared';
import type { FlowNode } from './tree';
import { find, walk } from './tree';

/** Something incomplete or wrong with a node; a click on it jumps there. */
export interface Fault {
  node: string;
  /** The place within the node, such as `/options/who`. */
  pointer: string;
  message: string;
  advice: string;
  /** Whether it stands in the way of publishing; else it is a hint. */
  hard: boolean;
}

/** The sentences for what the browser finds by itself. */
export interface FaultWords {
  nobody: string;
  noCondition: string;
  missing: (option: string) => string;
  fieldGone: string;
  noSteps: string;
}

interface Looked {
  kinds: NodeKinds;
  fields: readonly FormField[];
  words: FaultWords;
  language: string;
}

/** What of a flow is incomplete, as far as it can be told without the server. */
export function incomplete(root: FlowNode, { kinds, fields, words, language }: Looked): Fault[] {
  const ids = new Set(codesAndIds(fields));
  return walk(root).flatMap((node) => {
    const kind = kinds.get(node.kind);
    const fault = (pointer: string, message: string): Fault => ({
      ...{ node: node.id, pointer, message, advice: '', hard: true },
    });
    const found: Fault[] = [];
    for (const option of kind?.options ?? []) {
      const value = node.options[option.name];
      const pointer = `/options/${option.name}`;
      const title = language.startsWith('en') ? option.title.en : option.title.zh;
      if (option.name === 'who' && (kind?.work === true || node.kind === 'copy')) {
        if (waysOf(value).length === 0) found.push(fault(pointer, words.nobody));
      } else if (option.required && isEmpty(value ?? option.default)) {
        found.push(fault(pointer, words.missing(title)));
      } else if (option.type === 'field' && typeof value === 'string' && value !== '' && !ids.has(value)) {
        found.push(fault(pointer, words.fieldGone));
      }
    }
    if (node.kind === 'start' && node.children.length === 0) {
      found.push({ ...fault('', words.noSteps), hard: false });
    }
    if (node.kind === 'branch') {
      for (const one of node.children.slice(0, -1)) {
        if (isEmpty(one.options['when'])) {
          found.push({ ...fault('/options/when', words.noCondition), node: one.id });
        }
      }
    }
    return found;
  });
}

/** The ways in which a node says its people are found. */
export function waysOf(who: unknown): Record<string, unknown>[] {
  const ways = (who as { ways?: unknown } | null | undefined)?.ways;
  return Array.isArray(ways) ? (ways as Record<string, unknown>[]) : [];
}

function codesAndIds(fields: readonly FormField[]): string[] {
  return fields.flatMap((one) => [one.id, one.code, ...codesAndIds(one.fields ?? [])]);
}

/** What is wrong with a way of a block belongs to that way. */
export function placed<T extends { node: string; pointer: string }>(fault: T, root: FlowNode): T {
  const within = /^\/children\/(\d+)(\/.*)?$/.exec(fault.pointer);
  const child = within === null ? undefined : find(root, fault.node)?.children[Number(within[1])];
  return child === undefined ? fault : placed({ ...fault, node: child.id, pointer: within?.[2] ?? '' }, root);
}

/**
 * What the server found and the browser sees, each once. What the server found in a node that was changed since is
 * left out until it has looked again; what the browser sees is always of now.
 */
export function together(
  root: FlowNode,
  local: readonly Fault[],
  served: readonly Fault[],
  checked: FlowNode,
): Fault[] {
  const still = served
    .map((one) => placed(one, checked))
    .filter((one) => {
      const [now, then] = [find(root, one.node), find(checked, one.node)];
      const alike = now !== undefined && JSON.stringify(now.options) === JSON.stringify(then?.options);
      return alike && !local.some((other) => other.node === one.node && other.pointer === one.pointer);
    });
  const order = new Map(walk(root).map((one, at) => [one.id, at]));
  return [...local, ...still].sort((one, other) => (order.get(one.node) ?? 0) - (order.get(other.node) ?? 0));
}
