import type { Value } from '../../formula';
import {
  decimal,
  Fault,
  isList,
  isNumber,
  numberText,
  readDate,
  readMoment,
  readNumber,
  toText,
  WallDate,
  WallTime,
  zonedText,
} from '../../formula';
import type { Kinds } from '../controls';
import type { FormField } from '../model';
import { isEmpty, shapeOf } from '../model';

/** What formulas take the value of a field for: as on the server, by what its columns hold. */
export type ValueType = 'number' | 'date' | 'datetime' | 'boolean' | 'range' | 'text';

const BY_SHAPE: Partial<Record<string, ValueType>> = {
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  moment: 'datetime',
  date_range: 'range',
};
const RESULTS: readonly ValueType[] = ['number', 'text', 'date', 'datetime', 'boolean'];
const COUNTED: readonly unknown[] = ['sum', 'average', 'count', 'count_distinct'];

/** What formulas take a field for, by its kind; of what is worked out by what comes out. */
export function typeOf(field: FormField, kinds: Kinds, columns: readonly FormField[] = []): ValueType {
  const { result, method, field: code } = field.options ?? {};
  if (field.kind === 'formula') return RESULTS.find((one) => one === result) ?? 'number';
  if (field.kind === 'rollup') {
    if (COUNTED.includes(method)) return 'number';
    const column = method === 'join' ? undefined : columns.find((one) => one.code === code);
    const type = column === undefined ? 'text' : typeOf(column, kinds, columns);
    return type === 'range' ? 'text' : type;
  }
  const kind = kinds.get(field.kind);
  if (kind === undefined || kind.names) return 'text';
  return BY_SHAPE[shapeOf({ ...kind, derived: false, issued: false })] ?? 'text';
}

/** The company's zone, in which moments are told. */
const ZONE = 'Asia/Shanghai';

/** The value of a field for formulas, from what clients send and get. */
export function toValue(json: unknown, type: ValueType): Value {
  if (isEmpty(json)) return null;
  if (type === 'number') return numberOf(json);
  if (type === 'boolean' && typeof json === 'boolean') return json;
  if (typeof json === 'string' && (type === 'date' || type === 'datetime')) return dateOf(json, type);
  if (type === 'range' && typeof json === 'object' && json !== null && 'from' in json && 'to' in json) {
    return [json.from, json.to].map((one) => (typeof one === 'string' ? dateOf(one, 'date') : null));
  }
  return otherOf(json);
}

function numberOf(json: unknown): Value {
  if (typeof json === 'number') return Number.isFinite(json) ? decimal(json) : null;
  // What is just being typed is no number yet, or one with thousands.
  return typeof json === 'string' ? (readNumber(json.replace(/[,，]/g, '')) ?? json) : otherOf(json);
}

function dateOf(text: string, type: 'date' | 'datetime'): Value {
  const zoned = type === 'datetime' && /(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(text);
  // Without a zone it is the company's already.
  if (!zoned) return readDate(text.replaceAll('.', '-').slice(0, 19)) ?? text;
  return readMoment(text, ZONE) ?? text;
}

function otherOf(json: unknown): Value {
  if (typeof json === 'boolean') return json ? 'TRUE' : 'FALSE';
  if (typeof json === 'number') return numberText(decimal(json));
  if (Array.isArray(json)) return (json as unknown[]).map(otherOf);
  return typeof json === 'string' ? json : null;
}

/** What a client would give to a field so that it holds a value; null where there is nothing to give. */
export function toJson(value: Value, type: ValueType): unknown {
  if (value === null || value === '' || value instanceof Fault) return null;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return type === 'number' ? exactly(value) : numberText(value);
  if (isList(value)) return value.flatMap((one) => toJson(one, 'text') ?? []);
  if (value instanceof WallDate && type === 'datetime') return zonedText(new WallTime(value, 0), ZONE);
  if (value instanceof WallTime) return type === 'date' ? value.date.toString() : zonedText(value, ZONE);
  return toText(value);
}

/** A number as JSON has it, or as a text where that would lose digits. */
function exactly(value: Extract<Value, { toNumber: unknown }>): number | string {
  const number = value.toNumber();
  return decimal(number).eq(value) ? number : numberText(value);
}

/** Whether two values are the same, so that what depends on them stays. */
export function alike(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one === null || other === null || typeof one !== typeof other) return false;
  if (isList(one)) {
    return (
      isList(other) && one.length === other.length && one.every((part, at) => alike(part, other[at] ?? null))
    );
  }
  if (isNumber(one)) return isNumber(other) && one.eq(other);
  if (one instanceof Fault) return other instanceof Fault && one.code === other.code;
  const dates = one instanceof WallDate || one instanceof WallTime;
  return dates && !isList(other) && one.constructor === other.constructor && one.toString() === toText(other);
}
