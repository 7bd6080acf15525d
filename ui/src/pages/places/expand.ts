/** At most so many places are made at once. */
export const MOST = 2000;

const RANGE = /\[(\d+)-(\d+)\]|\[([A-Z])-([A-Z])\]/g;

/**
 * Spell out a pattern of bin codes: `A-[01-03]-[1-2]` is A-01-1, A-01-2, A-02-1, …; `[A-C]` counts letters. Numbers
 * keep the width of their first one.
 *
 * Returns null for a range that runs backwards, or when there are more than `MOST`.
 */
export function expand(pattern: string): string[] | null {
  let codes = [''];
  let at = 0;
  for (const match of pattern.matchAll(RANGE)) {
    const choices = range(match);
    if (choices === null || codes.length * choices.length > MOST) return null;
    const literal = pattern.slice(at, match.index);
    codes = codes.flatMap((code) => choices.map((choice) => code + literal + choice));
    at = match.index + match[0].length;
  }
  const rest = pattern.slice(at);
  return codes.map((code) => code + rest);
}

function range([, from, to, first, last]: RegExpExecArray): string[] | null {
  if (from !== undefined && to !== undefined) {
    const count = Number(to) - Number(from) + 1;
    if (count < 1 || count > MOST) return null;
    return Array.from({ length: count }, (_, step) => String(Number(from) + step).padStart(from.length, '0'));
  }
  const start = first?.charCodeAt(0) ?? 0;
  const count = (last?.charCodeAt(0) ?? 0) - start + 1;
  return count < 1 ? null : Array.from({ length: count }, (_, step) => String.fromCharCode(start + step));
}
