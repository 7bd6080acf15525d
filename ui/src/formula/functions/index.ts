import type { Family, FormulaFunction } from '../function';
import { functions as aggregates } from './aggregates';
import { functions as dates } from './dates';
import { functions as logic } from './logic';
import { functions as lookups } from './lookups';
import { functions as numbers } from './numbers';
import { functions as text } from './text';

/** Every family of functions; a test holds that none is missing. */
export const families: readonly Family[] = [logic, text, numbers, dates, aggregates, lookups];

/** All functions by their English names. */
export const functions: ReadonlyMap<string, FormulaFunction> = new Map(
  families.flatMap((family) => Object.entries(family)),
);
