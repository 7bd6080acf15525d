/** One word of a formula as it is being written, with its place in UTF-16 units. */
export interface Word {
  kind: 'name' | 'function' | 'number' | 'text' | 'sign' | 'bracket' | 'blank';
  text: string;
  start: number;
  end: number;
}

const WORDS =
  /(?<blank>[\s\u3000]+)|(?<bracket>\{[^{}]*\}?|\[[^\]]*\]?|【[^】]*】?)|(?<text>"(?:[^"]|"")*"?|“[^”]*”?|”[^”]*”?|「[^」]*」?)|(?<number>[0-9０-９]+(?:[.．][0-9０-９]*)?)|(?<name>[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}\p{Nd}_]*)*)|(?<sign>[\s\S])/gu;

/** Take a formula apart, however unfinished it is; every character belongs to one word. */
export function wordsOf(formula: string): Word[] {
  const found: Word[] = [];
  for (const match of formula.matchAll(WORDS)) {
    const groups: Record<string, string | undefined> = match.groups ?? {};
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) as Word['kind'];
    found.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found.map((word, at) => {
    const next = found.slice(at + 1).find((one) => one.kind !== 'blank');
    const called = word.kind === 'name' && (next?.text === '(' || next?.text === '（');
    return called ? { ...word, kind: 'function' } : word;
  });
}

/** What is being written at the caret: where it begins, and what of it stands there already. */
export interface Writing {
  from: number;
  to: number;
  text: string;
  /** An open brace before it: only fields are meant. */
  braced: boolean;
}

/** What is being written at the caret; null within a text or a number. */
export function writingAt(formula: string, caret: number): Writing | null {
  const word = wordsOf(formula).find((one) => one.start < caret && caret <= one.end);
  if (word === undefined || word.kind === 'blank' || word.kind === 'sign') {
    return { from: caret, to: caret, text: '', braced: false };
  }
  if (word.kind === 'text' || word.kind === 'number') return null;
  if (word.kind !== 'bracket') {
    return { from: word.start, to: word.end, text: formula.slice(word.start, caret), braced: false };
  }
  const closed = /[}\]】]$/.test(word.text);
  if (closed && caret === word.end) return null;
  return {
    from: word.start,
    to: closed ? word.end : caret,
    text: formula.slice(word.start + 1, caret).trim(),
    braced: true,
  };
}

/** The function that the caret stands in, and which of its arguments; null outside of any. */
export function callAt(formula: string, caret: number): { name: string; argument: number } | null {
  const open: { name: string; argument: number }[] = [];
  let before = '';
  for (const word of wordsOf(formula)) {
    if (word.start >= caret) break;
    if (word.text === '(' || word.text === '（') open.push({ name: before, argument: 0 });
    else if (word.text === ')' || word.text === '）') open.pop();
    else if (/^[,，;；、]$/.test(word.text)) {
      const inner = open.at(-1);
      if (inner !== undefined) inner.argument += 1;
    }
    if (word.kind !== 'blank') before = word.kind === 'function' ? word.text : '';
  }
  return open.findLast((one) => one.name !== '') ?? null;
}

/** Where a character that is counted in code points stands in UTF-16 units. */
export function unitsAt(text: string, points: number): number {
  let units = 0;
  let left = points;
  for (const sign of text) {
    if (left-- <= 0) break;
    units += sign.length;
  }
  return units;
}

/** How a field is written in a formula. */
export function written(code: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}\p{Nd}_]+)*$/u.test(code) ? code : `{${code}}`;
}
