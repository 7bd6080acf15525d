const SAFE = /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i;

/** Whether a link may lead there: a page, a letter, a call, or a page of our own; never a script. */
export function isSafe(address: string): boolean {
  return SAFE.test(address);
}
