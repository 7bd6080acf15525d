import type { Decimal } from 'decimal.js';
import { lengthOf } from './characters';
import { holdLength, toBoolean, toDate, toInteger, toNumber, toText, type Value } from './values';
import type { Wall, WallTime } from './wall';

/** What an argument is read as before the call; `any` is handed over as it is. */
interface Kinds {
  any: Value;
  text: string;
  number: Decimal;
  /** A whole number. */
  integer: Decimal;
  boolean: boolean;
  date: Wall;
}

export type Kind = keyof Kinds;

/** An argument that is worked out when it is asked for. */
export type Later = () => Value;

/** The names of a function's arguments are the server's; here is what counts for working it out. */
export interface Signature {
  needs: readonly Kind[];
  /** Optional ones behind them; left out at the end (`f(a, )`) they count as not given. */
  may: readonly Kind[];
  /** Further ones, as many as there are, so many at a time. */
  rest: readonly Kind[];
  /** Only those arguments that matter are worked out. */
  lazy: boolean;
  usesNow: boolean;
}

/** A function (函数). */
export interface FormulaFunction extends Signature {
  call: (given: readonly Later[], now: () => WallTime) => Value;
}

/** The functions of a family, by their English names. */
export type Family = Readonly<Record<string, FormulaFunction>>;

type Read<List extends readonly Kind[]> = { [At in keyof List]: Kinds[List[At]] };
type Perhaps<List extends readonly Kind[]> = Partial<Read<List>>;

const READ: { [One in Kind]: (value: Value) => Kinds[One] } = {
  any: (value) => value,
  text: toText,
  number: toNumber,
  integer: toInteger,
  boolean: toBoolean,
  date: toDate,
};

const PLAIN = { needs: [], may: [], rest: [], lazy: false, usesNow: false } as const;

/** A function of arguments that are all worked out, and read, before the call. */
export function eager<const Needs extends readonly Kind[], const May extends readonly Kind[] = []>(
  needs: Needs,
  call: (...given: [...Read<Needs>, ...Perhaps<May>]) => Value,
  may?: May,
): FormulaFunction {
  const kinds: readonly Kind[] = [...needs, ...(may ?? [])];
  const read = (given: readonly Later[]): Value[] =>
    given.map((later, at) => READ[kinds[at] ?? 'any'](later()));
  return {
    ...PLAIN,
    needs,
    may: may ?? [],
    // The arguments were just read as what they are declared to be.
    call: (given) => held(call(...(read(given) as [...Read<Needs>, ...Perhaps<May>]))),
  };
}

/** A function of as many values of any kind as there are, behind some of certain kinds. */
export function many<const Needs extends readonly Kind[] = []>(
  call: (values: readonly Value[], ...given: Read<Needs>) => Value,
  needs?: Needs,
): FormulaFunction {
  const kinds: readonly Kind[] = needs ?? [];
  return {
    ...PLAIN,
    needs: [...kinds, 'any'],
    rest: ['any'],
    call: (given) => {
      const values = given.map((later, at) => READ[kinds[at] ?? 'any'](later()));
      // They were just read as what they are declared to be.
      const first = values.slice(0, kinds.length) as unknown as Read<Needs>;
      return held(call(values.slice(kinds.length), ...first));
    },
  };
}

/** A function that works out only those of its arguments that matter. */
export function lazy(
  signature: Partial<Signature>,
  call: (given: readonly Later[]) => Value,
): FormulaFunction {
  return { ...PLAIN, ...signature, lazy: true, call };
}

/** A function of the present moment. */
export function ofNow(call: (now: WallTime) => Value): FormulaFunction {
  return { ...PLAIN, usesNow: true, call: (_, now) => call(now()) };
}

function held(value: Value): Value {
  if (typeof value === 'string') holdLength(lengthOf(value));
  return value;
}
