import type { components } from './schema';

/**
 * An answer as the server sends it: with every field. The description leaves fields that have a default optional,
 * because it describes bodies by the same words.
 */
export type Whole<T> = T extends (infer One)[]
  ? Whole<One>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<Exclude<T[Name], undefined>> }
    : T;

/** The named answers of the API, generated from its description. */
export type Answer<Name extends keyof components['schemas']> = Whole<components['schemas'][Name]>;
