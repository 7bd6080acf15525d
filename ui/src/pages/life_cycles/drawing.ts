import type { Drawing, Move, Row, State } from './calls';

/*
 * What can be done to a drawing. All functions return a new drawing; nothing is changed in place.
 */

export const ANY = '*';
export const BIRTH = 'commission';
const BUILT_IN = 'built_in';
const INTO_PARENT = new Set(['assemble:component', 'install:component', 'swap:in']);

/** Where an operation may lead to; null: the state stays. */
export type Target = string | null;

/** Where an operation leads from a state: nowhere when it may not start there. */
export function targets(drawing: Drawing, operation: string, start: string): Target[] {
  const moves = drawing.operations[operation] ?? [];
  const own = moves.filter((move) => move.from.includes(start));
  return (own.length > 0 ? own : moves.filter((move) => move.from.includes(ANY))).map((move) => move.to);
}

/** Whether an operation says "from every state". */
export function fromAny(drawing: Drawing, operation: string): boolean {
  return (drawing.operations[operation] ?? []).some((move) => move.from.includes(ANY));
}

/** Where an operation leads in most cases: what a new cell begins with. */
export function usualTarget(drawing: Drawing, row: Row): Target | undefined {
  if (row.steady) return null;
  if (INTO_PARENT.has(row.key)) return BUILT_IN;
  const moves = drawing.operations[row.key] ?? [];
  const longest = [...moves].sort((a, b) => b.from.length - a.from.length)[0];
  return longest?.to;
}

/** Let an operation lead from a state to these states; none forbids it there. */
export function setTargets(drawing: Drawing, operation: string, start: string, to: Target[]): Drawing {
  const rest = spelledOut(drawing, operation)
    .map((move) => ({ ...move, from: move.from.filter((code) => code !== start) }))
    .filter((move) => move.from.length > 0);
  const moves = to.reduce<Move[]>((found, target) => {
    const same = found.find((move) => move.to === target);
    if (same === undefined) return [...found, { from: [start], to: target }];
    return found.map((move) => (move === same ? { ...move, from: [...move.from, start] } : move));
  }, rest);
  return withMoves(drawing, operation, moves);
}

/** Let an operation start from every state, now and of those drawn later, and leave it. */
export function setAny(drawing: Drawing, operation: string): Drawing {
  return withMoves(drawing, operation, [{ from: [ANY], to: null }]);
}

/** Let an operation start nowhere. */
export function clearRow(drawing: Drawing, operation: string): Drawing {
  return withMoves(drawing, operation, []);
}

/** Say which state an item is born in. */
export function setBirth(drawing: Drawing, state: string): Drawing {
  return withMoves(drawing, BIRTH, [{ from: [], to: state }]);
}

/** The state that an item is born in. */
export function birthOf(drawing: Drawing): string | undefined {
  return drawing.operations[BIRTH]?.[0]?.to ?? drawing.states[0]?.code;
}

function spelledOut(drawing: Drawing, operation: string): Move[] {
  const moves = drawing.operations[operation] ?? [];
  const named = new Set(moves.flatMap((move) => move.from));
  const others = drawing.states.map((state) => state.code).filter((code) => !named.has(code));
  return moves.map((move) => ({
    ...move,
    from: move.from.flatMap((code) => (code === ANY ? others : [code])),
  }));
}

function withMoves(drawing: Drawing, operation: string, moves: Move[]): Drawing {
  const kept = Object.entries(drawing.operations).filter(([key]) => key !== operation || moves.length > 0);
  const operations = Object.fromEntries(kept);
  if (moves.length > 0) operations[operation] = moves;
  return { ...drawing, operations };
}

/** Add a state at the end. */
export function addState(drawing: Drawing, state: State): Drawing {
  return { ...drawing, states: [...drawing.states, state] };
}

/** Show a state otherwise; its code may change too, and is then changed in every move. */
export function changeState(drawing: Drawing, code: string, change: Partial<State>): Drawing {
  const states = drawing.states.map((state) => (state.code === code ? { ...state, ...change } : state));
  const fresh = change.code;
  if (fresh === undefined || fresh === code) return { ...drawing, states };
  const renamed = (one: string) => (one === code ? fresh : one);
  return {
    ...drawing,
    states,
    operations: mapMoves(drawing, (move) => ({
      from: move.from.map(renamed),
      to: move.to === null ? null : renamed(move.to),
    })),
  };
}

/** Take a state away, and with it every move that starts or ends there. */
export function removeState(drawing: Drawing, code: string): Drawing {
  const operations = mapMoves(drawing, (move) => {
    if (move.to === code) return null;
    const from = move.from.filter((one) => one !== code);
    return from.length === 0 && move.from.length > 0 ? null : { ...move, from };
  });
  return { ...drawing, states: drawing.states.filter((state) => state.code !== code), operations };
}

/** Put a state one place to the left (-1) or to the right (1). */
export function moveState(drawing: Drawing, code: string, step: -1 | 1): Drawing {
  const at = drawing.states.findIndex((state) => state.code === code);
  const states = [...drawing.states];
  const [one, other] = [states[at], states[at + step]];
  if (one === undefined || other === undefined) return drawing;
  states[at] = other;
  states[at + step] = one;
  return { ...drawing, states };
}

function mapMoves(drawing: Drawing, change: (move: Move) => Move | null): Drawing['operations'] {
  return Object.fromEntries(
    Object.entries(drawing.operations)
      .map(([key, moves]): [string, Move[]] => [
        key,
        moves.flatMap((move) => {
          const changed = change(move);
          return changed === null ? [] : [changed];
        }),
      ])
      .filter(([, moves]) => moves.length > 0),
  );
}

/** One drawn arrow; a start of '' is the birth. */
export interface Arrow {
  operation: string;
  from: string;
  to: Target;
}

/** What a newer drawing has more, has less and shows otherwise. */
export interface Difference {
  statesAdded: State[];
  statesRemoved: State[];
  statesChanged: State[];
  arrowsAdded: Arrow[];
  arrowsRemoved: Arrow[];
}

/** Say what changed from one drawing to another. */
export function compare(older: Drawing, newer: Drawing): Difference {
  const [oldArrows, newArrows] = [arrows(older), arrows(newer)];
  const before = new Map(older.states.map((state) => [state.code, JSON.stringify(state)]));
  const after = new Set(newer.states.map((state) => state.code));
  return {
    statesAdded: newer.states.filter((state) => !before.has(state.code)),
    statesRemoved: older.states.filter((state) => !after.has(state.code)),
    statesChanged: newer.states.filter(
      (state) => before.has(state.code) && before.get(state.code) !== JSON.stringify(state),
    ),
    arrowsAdded: [...newArrows].flatMap(([key, arrow]) => (oldArrows.has(key) ? [] : [arrow])),
    arrowsRemoved: [...oldArrows].flatMap(([key, arrow]) => (newArrows.has(key) ? [] : [arrow])),
  };
}

/** How many things changed. */
export function sizeOf(found: Difference): number {
  const { statesAdded, statesRemoved, statesChanged, arrowsAdded, arrowsRemoved } = found;
  return [statesAdded, statesRemoved, statesChanged, arrowsAdded, arrowsRemoved].flat().length;
}

function arrows(drawing: Drawing): Map<string, Arrow> {
  const all = Object.entries(drawing.operations).flatMap(([operation, moves]) =>
    moves.flatMap((move) =>
      (move.from.length > 0 ? move.from : ['']).map((from) => ({ operation, from, to: move.to })),
    ),
  );
  return new Map(all.map((arrow) => [JSON.stringify(arrow), arrow]));
}
