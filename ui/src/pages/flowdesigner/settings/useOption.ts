import type { FlowNode } from '../../../flowdesigner/tree';
import { useDesk } from '../desk';

/** An option of a node and how to set it; `undefined` says nothing any more. */
export function useOption(node: FlowNode, name: string): [value: unknown, set: (value: unknown) => void] {
  const { kinds, dispatch } = useDesk();
  const option = kinds.get(node.kind)?.options.find((one) => one.name === name);
  const set = (value: unknown) =>
    dispatch({ do: 'option', id: node.id, values: { [name]: value }, step: `${name} ${node.id}` });
  return [node.options[name] ?? option?.default, set];
}

/** A value as an object; an empty one for everything else. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** A value as a list of objects. */
export function objectsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/** A value as a list of texts. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A value as a text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
