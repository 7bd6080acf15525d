import { equal } from '../comparing';
import { FaultError } from '../faults';
import { eager, lazy, many, type Family, type Later } from '../function';
import { each, isEmpty, isNumber, toBoolean, type Value } from '../values';

// Functions that decide.

const nothing: Later = () => null;

/** The value behind the first key that fits; a last one without key is for all others. */
function chosen(pairs: readonly Later[], fits: (key: Later) => boolean): Value {
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    if (fits(pairs[at] ?? nothing)) return (pairs[at + 1] ?? nothing)();
  }
  const last = pairs.length % 2 === 1 ? pairs.at(-1) : undefined;
  if (last === undefined) throw new FaultError('formula_no_match');
  return last();
}

function succeeds(later: Later): boolean {
  try {
    later();
    return true;
  } catch (error) {
    if (error instanceof FaultError) return false;
    throw error;
  }
}

export const functions: Family = {
  IF: lazy(
    { needs: ['boolean', 'any'], may: ['any'] },
    ([condition = nothing, then = nothing, otherwise]) => {
      if (toBoolean(condition())) return then();
      return otherwise === undefined ? false : otherwise();
    },
  ),
  IFS: lazy({ needs: ['boolean', 'any'], rest: ['boolean', 'any'] }, (pairs) =>
    chosen(pairs, (condition) => toBoolean(condition())),
  ),
  SWITCH: lazy({ needs: ['any', 'any', 'any'], rest: ['any', 'any'] }, ([subject = nothing, ...cases]) => {
    const wanted = subject();
    return chosen(cases, (one) => equal(wanted, one()));
  }),
  AND: lazy({ needs: ['boolean'], rest: ['boolean'] }, (given) =>
    given.every((condition) => each(condition()).every(toBoolean)),
  ),
  OR: lazy({ needs: ['boolean'], rest: ['boolean'] }, (given) =>
    given.some((condition) => each(condition()).some(toBoolean)),
  ),
  XOR: many((values) => values.flatMap(each).filter(toBoolean).length % 2 === 1),
  NOT: eager(['boolean'], (condition) => !condition),
  ISEMPTY: eager(['any'], isEmpty),
  COALESCE: lazy({ needs: ['any'], rest: ['any'] }, (given) => {
    for (const later of given) {
      const value = later();
      if (!isEmpty(value)) return value;
    }
    return null;
  }),
  IFERROR: lazy({ needs: ['any', 'any'] }, ([value = nothing, otherwise = nothing]) => {
    try {
      return value();
    } catch (error) {
      if (error instanceof FaultError) return otherwise();
      throw error;
    }
  }),
  ISERROR: lazy({ needs: ['any'] }, ([value = nothing]) => !succeeds(value)),
  ISNUMBER: eager(['any'], isNumber),
  ISTEXT: eager(['any'], (value) => typeof value === 'string' && value !== ''),
};
