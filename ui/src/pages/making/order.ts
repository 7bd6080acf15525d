import type { RuleSummary } from '../codes/calls';
import { fieldNames, needsProduct } from '../codes/segments';
import type { MakeBody } from './calls';
import { parseTyped } from './typed';

export const MOST = 1_000_000;

/** What the user wants made. */
export interface Order {
  kind: 'serial' | 'package';
  product: string | null;
  /** Codes from a rule, or codes that are there already. */
  way: 'rule' | 'typed';
  rule: string | null;
  count: number | null;
  fields: Record<string, string>;
  typed: string;
  namespace: string;
  batch: string | null;
  /** Of packages: how many go in, and what may be mixed. */
  packageType: string | null;
  place: string | null;
  document: string;
  note: string;
}

export const EMPTY: Order = {
  kind: 'serial',
  product: null,
  way: 'rule',
  rule: null,
  count: 100,
  fields: {},
  typed: '',
  namespace: 'own',
  batch: null,
  packageType: null,
  place: null,
  document: '',
  note: '',
};

/** How many codes there will be; 0 where nothing can be said. */
export function countOf(order: Order): number {
  if (order.way === 'rule') return order.count ?? 0;
  return Number(parseTyped(order.typed).count);
}

/** The values of the rule's fields; the batch of the order fills in for a field of that name. */
export function fieldsOf(order: Order, rule: RuleSummary | undefined): Record<string, string> {
  const names = rule === undefined ? [] : fieldNames(rule.segments);
  return Object.fromEntries(
    names
      .map((name) => [name, order.fields[name] ?? (name === 'batch' ? (order.batch ?? '') : '')])
      .filter(([, value]) => value !== ''),
  ) as Record<string, string>;
}

/** The first thing that is missing before codes can be made; null when nothing is. */
export function missing(
  order: Order,
  rule: RuleSummary | undefined,
): 'product' | 'rule' | 'fields' | 'codes' | 'faults' | 'count' | null {
  if (order.kind === 'serial' && order.product === null) return 'product';
  if (order.way === 'typed') {
    const typed = parseTyped(order.typed);
    if (typed.faults.length > 0) return 'faults';
    if (typed.count === 0n) return 'codes';
    return typed.count > BigInt(MOST) ? 'count' : null;
  }
  if (rule === undefined) return 'rule';
  if (order.kind === 'package' && needsProduct(rule.segments)) return 'rule';
  const given = fieldsOf(order, rule);
  if (fieldNames(rule.segments).some((name) => given[name] === undefined)) return 'fields';
  return order.count === null || order.count < 1 || order.count > MOST ? 'count' : null;
}

/** The request, without its key. */
export function bodyOf(order: Order, rule: RuleSummary | undefined): Omit<MakeBody, 'client_key'> {
  const shared = {
    kind: order.kind,
    product: order.kind === 'serial' ? order.product : null,
    batch: order.kind === 'serial' ? order.batch : null,
    ...(order.kind === 'package' && order.packageType !== null && { package_type: order.packageType }),
    place: order.place,
    document: order.document === '' ? null : order.document,
    note: order.note === '' ? null : order.note,
  };
  if (order.way === 'typed') {
    return { ...shared, codes: order.typed, namespace: order.namespace, count: countOf(order) };
  }
  return { ...shared, rule: order.rule, count: order.count, fields: fieldsOf(order, rule) };
}
