/** What a message about a fault names. */
export type Params = Readonly<Record<string, string | number>>;

/** What a formula comes to where it cannot be worked out: a code, and the place in its source in code points. */
export class Fault {
  constructor(
    readonly code: string,
    readonly start: number,
    readonly end: number,
    readonly params: Params = {},
  ) {}
}

/** Carries a fault from where it arises to whoever deals with it; never leaves this folder. */
export class FaultError extends Error {
  start = -1;
  end = -1;

  constructor(
    readonly code: string,
    readonly params: Params = {},
  ) {
    super(code);
  }
}
