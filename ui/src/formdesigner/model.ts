import type { FormField, Rule } from '../forms/model';
import type { Kind } from './declared';
import { together } from './renaming';
import type { Place } from './tree';
import {
  childrenOf,
  codeFrom,
  codesIn,
  copied,
  find,
  fits,
  inserted,
  mapped,
  placeOf,
  recoded,
  walk,
  without,
} from './tree';

/** A form on the drawing board. */
export interface Board {
  kinds: ReadonlyMap<string, Kind>;
  past: FormField[][];
  present: FormField[];
  future: FormField[][];
  /** The rules, and those of each step before and after. */
  rules: Rule[];
  rulesPast: Rule[][];
  rulesFuture: Rule[][];
  /** Ids of what is selected, in the order in which it was. */
  selected: string[];
  /** What the last step was; a further step of the same name is one step with it. */
  last: string | null;
}

/** Everything that can be done to a form; `step` joins strokes of one movement or one typed word to one step. */
export type Action =
  | { do: 'add'; fields: FormField[]; rules?: Rule[]; place?: Place }
  | { do: 'move'; ids: string[]; place: Place }
  | { do: 'nudge'; by: -1 | 1 }
  | { do: 'set'; ids: string[]; values: Partial<FormField>; step?: string }
  | { do: 'option'; ids: string[]; values: Record<string, unknown>; step?: string }
  | { do: 'title'; id: string; title: string; published: boolean; step?: string }
  | { do: 'duplicate' }
  | { do: 'remove' }
  | { do: 'select'; ids: string[] }
  | { do: 'toggle'; id: string }
  | { do: 'replace'; fields: FormField[]; rules?: Rule[] }
  | { do: 'rules'; rules: Rule[]; step?: string }
  | { do: 'rest' }
  | { do: 'undo' }
  | { do: 'redo' };

const MOST_STEPS = 200;

/** A form laid on the board. */
export function laid(fields: FormField[], kinds: ReadonlyMap<string, Kind>, rules: Rule[] = []): Board {
  return {
    ...{ kinds, past: [], present: fields, future: [], selected: [], last: null },
    ...{ rules, rulesPast: [], rulesFuture: [] },
  };
}

/** The board after an action; the same board when the action changes nothing. */
export function reduce(board: Board, action: Action): Board {
  switch (action.do) {
    case 'select':
      return selection(board, action.ids);
    case 'toggle':
      return selection(
        board,
        board.selected.includes(action.id)
          ? board.selected.filter((id) => id !== action.id)
          : [...board.selected, action.id],
      );
    case 'rest':
      return board.last === null ? board : { ...board, last: null };
    case 'undo':
      return undo(board);
    case 'redo':
      return redo(board);
    case 'replace':
      return stepped({ ...board, selected: [] }, action.fields, null, action.rules ?? board.rules);
    case 'rules':
      return stepped(board, board.present, action.step ?? null, action.rules);
    case 'remove':
      return removed(board);
    default:
      return edited(board, action);
  }
}

type Edit = Extract<Action, { do: 'add' | 'move' | 'nudge' | 'set' | 'option' | 'title' | 'duplicate' }>;

function edited(board: Board, action: Edit): Board {
  switch (action.do) {
    case 'add':
      return added(board, action.fields, action.place ?? nextPlace(board, action.fields), action.rules);
    case 'duplicate':
      return duplicated(board);
    case 'move':
      return moved(board, action.ids, action.place);
    case 'nudge':
      return nudged(board, action.by);
    case 'title':
      return titled(board, action);
    case 'set':
      return changed(board, action.ids, (one) => settled({ ...one, ...action.values }), action.step);
    case 'option':
      return changed(
        board,
        action.ids,
        (one) => settled({ ...one, options: { ...one.options, ...action.values } }),
        action.step,
      );
  }
}

/** The selected fields in the order of the form, those left out that stand in another selected one. */
export function chosenOf(board: Board): FormField[] {
  const chosen = new Set(board.selected);
  const outermost = (fields: readonly FormField[]): FormField[] =>
    fields.flatMap((one) => (chosen.has(one.id) ? [one] : outermost(one.fields ?? [])));
  return outermost(board.present);
}

/** Where what is added by a click goes: into the selected container, behind the selected field, else at the end. */
export function nextPlace(board: Board, fields: readonly FormField[]): Place {
  const end = { within: null, at: board.present.length };
  const id = board.selected.at(-1);
  const one = id === undefined ? undefined : find(board.present, id);
  if (one === undefined) return end;
  const into = { within: one.id, at: one.fields?.length ?? 0 };
  const good = (within: string | null) =>
    fields.every((field) => fits(board.present, within, field, board.kinds));
  if (one.fields !== undefined && good(one.id)) return into;
  let at = placeOf(board.present, one.id);
  while (at !== null && !good(at.within)) {
    at = at.within === null ? null : placeOf(board.present, at.within);
  }
  return at === null ? end : { within: at.within, at: at.at + 1 };
}

function added(board: Board, fields: FormField[], place: Place, rules: Rule[] = []): Board {
  const good = fields.filter((one) => fits(board.present, place.within, one, board.kinds));
  if (good.length === 0) return board;
  const coded = recoded(good, codesIn(board.present, place.within, board.kinds), board.kinds);
  const come = together(good, coded, rules, board.kinds);
  const all = inserted(board.present, place, come.fields);
  const next = stepped(board, all, null, [...board.rules, ...come.rules]);
  return { ...next, selected: come.fields.map((one) => one.id) };
}

function duplicated(board: Board): Board {
  const chosen = chosenOf(board);
  const place = placeOf(board.present, chosen.at(-1)?.id ?? '');
  if (place === null) return board;
  return added(board, copied(chosen), { within: place.within, at: place.at + 1 });
}

function moved(board: Board, ids: readonly string[], place: Place): Board {
  const goes = chosenOf({ ...board, selected: [...ids] });
  const good = goes.every((one) => fits(board.present, place.within, one, board.kinds));
  if (goes.length === 0 || !good) return board;
  const gone = new Set(goes.map((one) => one.id));
  // Those that leave from before the place make it smaller.
  const before = childrenOf(board.present, place.within)
    .slice(0, place.at)
    .filter((one) => gone.has(one.id)).length;
  const rest = without(board.present, gone);
  const named = recoded(goes, codesIn(rest, place.within, board.kinds), board.kinds);
  const fields = inserted(rest, { within: place.within, at: place.at - before }, named);
  return stepped(board, fields, null);
}

function nudged(board: Board, by: -1 | 1): Board {
  const chosen = chosenOf(board);
  const place = placeOf(board.present, (by < 0 ? chosen[0] : chosen.at(-1))?.id ?? '');
  if (place === null) return board;
  const count = childrenOf(board.present, place.within).length;
  const at = by < 0 ? place.at - 1 : place.at + 2;
  if (at < 0 || at > count) return board;
  return moved(board, board.selected, { within: place.within, at });
}

function titled(board: Board, action: Extract<Action, { do: 'title' }>): Board {
  const one = find(board.present, action.id);
  const place = placeOf(board.present, action.id);
  if (one === undefined || place === null) return board;
  const others = codesIn(board.present, place.within, board.kinds, new Set([one.id]));
  // The code follows the title until the field is published or somebody has given it a code of its own.
  const follows = !action.published && codeFrom(one.title, others) === one.code;
  const code = follows ? codeFrom(action.title, others) : one.code;
  return changed(board, [one.id], (field) => ({ ...field, title: action.title, code }), action.step);
}

function changed(
  board: Board,
  ids: readonly string[],
  change: (one: FormField) => FormField,
  step: string | undefined,
): Board {
  const fields = mapped(board.present, (one) => (ids.includes(one.id) ? change(one) : one));
  return stepped(board, fields, step ?? null);
}

/** A field without what is as usual. */
function settled(field: FormField): FormField {
  const entries = Object.entries(field).filter(
    ([name, value]) =>
      value !== undefined &&
      value !== null &&
      !(value === false || (value === '' && name !== 'title' && name !== 'code')) &&
      !(name === 'width' && value === 12) &&
      !(name === 'options' && Object.keys(value as object).length === 0),
  );
  return Object.fromEntries(entries) as unknown as FormField;
}

function stepped(
  board: Board,
  present: FormField[],
  step: string | null,
  rules: Rule[] = board.rules,
): Board {
  if (same(present, board.present) && sameRules(rules, board.rules)) return board;
  const joined = step !== null && step === board.last;
  return {
    ...board,
    past: joined ? board.past : [...board.past.slice(1 - MOST_STEPS), board.present],
    present,
    future: [],
    rules,
    rulesPast: joined ? board.rulesPast : [...board.rulesPast.slice(1 - MOST_STEPS), board.rules],
    rulesFuture: [],
    last: step,
  };
}

/** Whether two forms are alike. */
export function same(a: readonly FormField[], b: readonly FormField[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two lists of rules are alike. */
export function sameRules(a: readonly Rule[], b: readonly Rule[]): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function selection(board: Board, ids: readonly string[]): Board {
  const known = new Set(walk(board.present).map((one) => one.id));
  const selected = ids.filter((id) => known.has(id));
  if (selected.join(' ') === board.selected.join(' ')) return board;
  return { ...board, selected, last: null };
}

function removed(board: Board): Board {
  const gone = new Set(board.selected);
  if (gone.size === 0) return board;
  return { ...stepped(board, without(board.present, gone), null), selected: [] };
}

function undo(board: Board): Board {
  const [present, rules] = [board.past.at(-1), board.rulesPast.at(-1)];
  if (present === undefined || rules === undefined) return board;
  return travelled(board, present, rules, {
    past: board.past.slice(0, -1),
    rulesPast: board.rulesPast.slice(0, -1),
    future: [board.present, ...board.future],
    rulesFuture: [board.rules, ...board.rulesFuture],
  });
}

function redo(board: Board): Board {
  const [present, ...future] = board.future;
  const [rules, ...rulesFuture] = board.rulesFuture;
  if (present === undefined || rules === undefined) return board;
  return travelled(board, present, rules, {
    past: [...board.past, board.present],
    rulesPast: [...board.rulesPast, board.rules],
    ...{ future, rulesFuture },
  });
}

type Time = Pick<Board, 'past' | 'future' | 'rulesPast' | 'rulesFuture'>;

function travelled(board: Board, present: FormField[], rules: Rule[], time: Time): Board {
  return selection({ ...board, present, rules, ...time, last: null }, board.selected);
}
