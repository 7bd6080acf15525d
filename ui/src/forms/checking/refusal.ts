/** Why a field does not take a value: the code of the server's text, and what the text names. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
  }
}

/** What is set for a field, as its kind declares it. */
export type Options = Readonly<Record<string, unknown>>;

/** Checks a value that is not empty; returns whether anything is left of it, and throws a `Refusal`. */
export type Check = (raw: unknown, options: Options) => boolean;

/** An option that is a number; undefined where nothing is set. */
export function numberOf(options: Options, name: string): number | undefined {
  const value = options[name];
  return typeof value === 'number' ? value : undefined;
}

/** An option that is a list of texts. */
export function textsOf(options: Options, name: string): string[] {
  const value = options[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Whether a value is an object with names of its own. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The beginning of a value, for messages. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) as string | undefined);
  return (text ?? '').slice(0, 100);
}

/** Whether a part of a value says anything: neither missing nor empty nor zero. */
export function said(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
