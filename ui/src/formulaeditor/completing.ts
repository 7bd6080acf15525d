import type { EditorField } from './fields';
import type { FormulaFunction } from './calls';
import type { Writing } from './reading';
import { written } from './reading';

/** Something that can be written at the caret. */
export interface Proposal {
  key: string;
  kind: 'field' | 'function';
  label: string;
  /** What stands behind it in small: the code of a field, the usage of a function. */
  more: string;
  doc: string;
  insert: string;
  /** Where the caret stands afterwards, from the end of what is inserted back. */
  back: number;
}

const MOST = 12;

/** What can be written at the caret, the likeliest first. */
export function proposals(
  writing: Writing,
  fields: readonly EditorField[],
  functions: readonly FormulaFunction[],
): Proposal[] {
  const typed = writing.text.toLowerCase();
  const ranked = [
    ...fields.map((one) => ({ rank: rank(typed, [one.title, one.code]), proposal: ofField(one) })),
    ...(writing.braced
      ? []
      : functions.map((one) => ({
          // A field that begins like this comes before a function that does.
          rank: rank(typed, [one.label, one.zh, one.name]) + 0.5,
          proposal: ofFunction(one),
        }))),
  ];
  return ranked
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map((one) => one.proposal);
}

/** 0: the same, 1: begins so, 2: holds it; more: not at all. */
function rank(typed: string, names: readonly string[]): number {
  if (typed === '') return 1;
  const ranks = names.map((name) => {
    const at = name.toLowerCase().indexOf(typed);
    if (at < 0) return 9;
    if (at > 0) return 2;
    return name.length === typed.length ? 0 : 1;
  });
  return Math.min(...ranks);
}

function ofField(one: EditorField): Proposal {
  return {
    ...{ key: `field ${one.code}`, kind: 'field', label: one.title },
    more: one.code === one.title ? '' : one.code,
    ...{ doc: '', insert: written(one.code), back: 0 },
  };
}

function ofFunction(one: FormulaFunction): Proposal {
  const empty = /[(（]\s*[)）]$/.test(one.usage);
  return {
    ...{ key: `function ${one.name}`, kind: 'function', label: one.label },
    ...{ more: one.name === one.label ? '' : one.name, doc: one.doc },
    ...{ insert: `${one.label}()`, back: empty ? 0 : 1 },
  };
}
