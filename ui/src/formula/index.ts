export { Decimal } from 'decimal.js';
export { decimal, numberText } from './decimals';
export { describe, type Description } from './describing';
export { evaluate, type Scope } from './evaluating';
export { Fault } from './faults';
export { fieldsOf, readsNow, type Node } from './nodes';
export {
  isDate,
  isEmpty,
  isList,
  isNumber,
  readDate,
  readNumber,
  toBoolean,
  toDate,
  toNumber,
  toText,
  type Value,
} from './values';
export { asMoment, momentIn, presentMoment, readMoment, WallDate, WallTime, zonedText } from './wall';
