import type { Decimal } from 'decimal.js';
import { same } from '../comparing';
import { decimal } from '../decimals';
import { FaultError } from '../faults';
import { eager, many, type Family } from '../function';
import { each, isList, sameLength, shown, type Value } from '../values';

// Functions that find something in a list; an empty value is found by an empty one alone.

function single(value: Value): Value {
  if (isList(value)) throw new FaultError('formula_list');
  return value;
}

/** Where a value first stands, counted from 0; -1 where it does not. */
function placeIn(values: Value, value: Value): number {
  const wanted = single(value);
  return each(values).findIndex((one) => same(wanted, one));
}

const notFound = (value: Value) => new FaultError('formula_not_found', { value: shown(value) });

function lookUp(value: Value, values: Value, results: Value, otherwise?: Value): Value {
  sameLength([each(values), each(results)]);
  const place = placeIn(values, value);
  const found = place < 0 ? otherwise : each(results)[place];
  if (found === undefined) throw notFound(value);
  return found;
}

function match(value: Value, values: Value): Decimal {
  const place = placeIn(values, value);
  if (place < 0) throw notFound(value);
  return decimal(place + 1);
}

function index(values: Value, place: Decimal): Value {
  const found = each(values)[place.toNumber() - 1];
  if (found === undefined)
    throw new FaultError('formula_bad_argument', { value: place.toFixed(), name: 'place' });
  return found;
}

export const functions: Family = {
  LOOKUP: eager(['any', 'any', 'any'], lookUp, ['any']),
  MATCH: eager(['any', 'any'], match),
  INDEX: eager(['any', 'integer'], index),
  IN: many(
    (values, value) => {
      const wanted = single(value);
      return values.flatMap(each).some((one) => same(wanted, one));
    },
    ['any'],
  ),
};
