import { raised } from './powers';
import { equal, order } from './comparing';
import { checked, decimal, divided, scaled } from './decimals';
import { Fault, FaultError } from './faults';
import type { Later } from './function';
import { functions } from './functions';
import type { Node, NodeOf } from './nodes';
import { adopt, isDate, joined, toNumber, toText, type Value } from './values';
import { addDays, daysBetween, presentMoment, type WallTime } from './wall';

/** Gives the value of a field by its dotted name; `undefined` says that there is no such field. */
export type Scope = (name: string) => Value | undefined;

interface Situation {
  scope: Scope;
  now: () => WallTime;
}

/** Work a formula out, exactly as the server does; what cannot be is a `Fault` with its place. */
export function evaluate(tree: Node, scope: Scope, now?: WallTime): Value {
  let at = now;
  try {
    return work(tree, { scope, now: () => (at ??= presentMoment()) });
  } catch (error) {
    if (error instanceof FaultError) return new Fault(error.code, error.start, error.end, error.params);
    throw error;
  }
}

function work(node: Node, situation: Situation): Value {
  if (node.kind === 'empty') return null;
  if (node.kind === 'number') return decimal(node.value);
  if (node.kind === 'string' || node.kind === 'boolean') return node.value;
  try {
    return worked(node, situation);
  } catch (error) {
    // The innermost operation counts.
    if (error instanceof FaultError && error.start < 0) [error.start, error.end] = [node.start, node.end];
    throw error;
  }
}

function worked(node: NodeOf<'field' | 'unary' | 'binary' | 'call'>, situation: Situation): Value {
  if (node.kind === 'field') return field(node.name, situation);
  if (node.kind === 'call') return call(node, situation);
  if (node.kind === 'unary') return unary(node.operator, work(node.operand, situation));
  return binary(
    node.operator,
    () => work(node.left, situation),
    () => work(node.right, situation),
  );
}

function field(name: string, situation: Situation): Value {
  const found = situation.scope(name);
  if (found === undefined) throw new FaultError('formula_unknown_field', { name });
  return adopt(found);
}

function call(node: NodeOf<'call'>, situation: Situation): Value {
  const found = functions.get(node.name);
  // The server knows a function that these pages do not: they are older than it.
  if (found === undefined) throw new FaultError('formula_function', { name: node.name, near: '' });
  let { length } = node.arguments;
  if (!found.lazy && found.rest.length === 0) {
    // An optional argument left out at the end: ROUND(1.5, ).
    while (length > found.needs.length && node.arguments[length - 1]?.kind === 'empty') length--;
  }
  const given = node.arguments.slice(0, length).map(
    (one): Later =>
      () =>
        work(one, situation),
  );
  return found.call(given, situation.now);
}

function unary(operator: string, operand: Value): Value {
  const number = toNumber(operand);
  if (operator === '-') return number.isZero() ? number : number.neg();
  return operator === '%' ? scaled(number, -2) : number;
}

const COMPARE = new Map<string, (left: Value, right: Value) => boolean>([
  ['=', equal],
  ['<>', (left, right) => !equal(left, right)],
  ['<', (left, right) => order(left, right) < 0],
  ['>', (left, right) => order(left, right) > 0],
  ['<=', (left, right) => order(left, right) <= 0],
  ['>=', (left, right) => order(left, right) >= 0],
]);

function binary(operator: string, left: Later, right: Later): Value {
  const compare = COMPARE.get(operator);
  if (compare !== undefined) return compare(left(), right());
  if (operator === '+' || operator === '-') return sum(left(), right(), operator === '+');
  // Here the left side is read before the right one is worked out, and so are their faults.
  if (operator === '&') return joined([toText(left()), toText(right())]);
  const [first, second] = [toNumber(left()), toNumber(right())];
  if (operator === '*') return checked(first.times(second));
  return operator === '/' ? divided(first, second) : raised(first, second);
}

/** A date and a number give a date; the difference of two dates is a number of days. */
function sum(left: Value, right: Value, plus: boolean): Value {
  if (isDate(left)) {
    if (!isDate(right)) return addDays(left, plus ? toNumber(right) : toNumber(right).neg());
    if (plus) throw new FaultError('formula_dates_added');
    return daysBetween(left, right);
  }
  if (isDate(right)) {
    if (plus) return addDays(right, toNumber(left));
    throw new FaultError('formula_not_a_date', { value: toText(left) });
  }
  const [first, second] = [toNumber(left), toNumber(right)];
  return checked(plus ? first.plus(second) : first.minus(second));
}
