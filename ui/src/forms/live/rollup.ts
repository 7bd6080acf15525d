import type { Value } from '../../formula';
import { decimal, evaluate, Fault, isEmpty, toNumber, toText } from '../../formula';

const SEPARATOR = '、';

/** What a roll-up (汇总) makes of the values of a column in the rows that count. */
export function rolledUp(method: string, values: readonly Value[]): Value {
  if (method === 'count') return decimal(values.length);
  const there = values.filter((one) => !isEmpty(one));
  const [first = null] = there;
  switch (method) {
    case 'count_distinct':
      return decimal(new Set(there.map((one) => toText(one).toLowerCase())).size);
    case 'first':
      return first;
    case 'last':
      return there.at(-1) ?? null;
    case 'join':
      return there.map(toText).join(SEPARATOR);
    case 'min':
    case 'max':
      return there.reduce((best, one) => (before(one, best, method) ? one : best), first);
    default:
      return summed(there, method);
  }
}

function summed(there: readonly Value[], method: string): Value {
  const sum = there.reduce((total: ReturnType<typeof decimal>, one) => total.plus(toNumber(one)), decimal(0));
  if (method === 'sum') return sum;
  return there.length === 0 ? null : sum.div(there.length);
}

const place = { start: 0, end: 0 };

/** Whether a value comes before the best so far, in the order that formulas have. */
function before(one: Value, best: Value, method: string): boolean {
  const [left, right] = [
    { kind: 'field', name: 'one', ...place } as const,
    { kind: 'field', name: 'best', ...place } as const,
  ];
  const operator = method === 'min' ? '<' : '>';
  const found = evaluate({ kind: 'binary', operator, left, right, ...place }, (name) =>
    name === 'one' ? one : best,
  );
  if (found instanceof Fault) throw new Error(found.code);
  return found === true;
}
