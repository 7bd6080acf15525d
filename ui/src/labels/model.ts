import type { Box, Side } from './geometry';
import { aligned, distributed, sameSize, tidy, turned } from './geometry';
import type { LabelElement, Rotation, Template } from './template';

/** Where in the order of layers something goes. */
export type Order = 'front' | 'forward' | 'backward' | 'back';

/** A label on the drawing board. */
export interface Board {
  past: Template[];
  present: Template;
  future: Template[];
  /** Ids of what is selected, in the order in which it was. */
  selected: string[];
  /** What the last step was; a further step of the same name is one step with it. */
  last: string | null;
}

/** Everything that can be done to a label; `step` joins strokes of one movement or one typed word to one step. */
export type Action =
  | { do: 'add'; elements: LabelElement[] }
  | { do: 'set'; ids: string[]; values: Record<string, unknown>; step?: string }
  | { do: 'place'; boxes: Record<string, Box>; step?: string }
  | { do: 'nudge'; dx: number; dy: number }
  | { do: 'turn'; rotation: Rotation }
  | { do: 'label'; values: Partial<Omit<Template, 'elements'>>; step?: string }
  | { do: 'remove' }
  | { do: 'align'; side: Side }
  | { do: 'distribute'; axis: 'x' | 'y' }
  | { do: 'same'; which: 'w' | 'h' | 'both' }
  | { do: 'order'; order: Order }
  | { do: 'layer'; id: string; to: number }
  | { do: 'select'; ids: string[] }
  | { do: 'replace'; template: Template }
  | { do: 'rest' }
  | { do: 'undo' }
  | { do: 'redo' };

const MOST_STEPS = 200;

/** A label laid on the board. */
export function laid(template: Template): Board {
  return { past: [], present: template, future: [], selected: [], last: null };
}

/** The board after an action; the same board when the action changes nothing. */
export function reduce(board: Board, action: Action): Board {
  switch (action.do) {
    case 'select':
      return selection(board, action.ids);
    case 'rest':
      return board.last === null ? board : { ...board, last: null };
    case 'undo':
      return undo(board);
    case 'redo':
      return redo(board);
    case 'add':
      return added(board, action.elements);
    case 'remove':
      return removed(board);
    case 'replace':
      return stepped({ ...board, selected: [] }, action.template, null);
    case 'label':
      return stepped(board, { ...board.present, ...action.values }, action.step ?? null);
    default:
      return stepped(board, { ...board.present, elements: edited(board, action) }, stepOf(action));
  }
}

function stepOf(action: Action): string | null {
  if (action.do === 'nudge') return 'nudge';
  return 'step' in action ? (action.step ?? null) : null;
}

type Edit = Extract<
  Action,
  { do: 'set' | 'place' | 'nudge' | 'turn' | 'align' | 'distribute' | 'same' | 'order' | 'layer' }
>;

function edited(board: Board, action: Edit): LabelElement[] {
  const { elements } = board.present;
  switch (action.do) {
    case 'set':
      return elements.map((one) => (action.ids.includes(one.id) ? withValues(one, action.values) : one));
    case 'place':
      return elements.map((one) => withBox(one, action.boxes[one.id]));
    case 'nudge':
      return overMovable(board, (boxes) =>
        boxes.map((box) => ({ ...box, x: tidy(box.x + action.dx), y: tidy(box.y + action.dy) })),
      );
    case 'turn':
      return elements.map((one) =>
        board.selected.includes(one.id) && !one.locked
          ? { ...one, ...turned(boxOf(one), one.rotation, action.rotation), rotation: action.rotation }
          : one,
      );
    case 'align':
      return overMovable(board, (boxes) => aligned(boxes, action.side, pageOf(board.present)));
    case 'distribute':
      return overMovable(board, (boxes) => distributed(boxes, action.axis));
    case 'same':
      return overMovable(board, (boxes) => sameSize(boxes, action.which));
    case 'order':
      return ordered(elements, board.selected, action.order);
    case 'layer':
      return layered(elements, action.id, action.to);
  }
}

function withValues(element: LabelElement, values: Record<string, unknown>): LabelElement {
  const next = { ...element, ...values };
  // Turning by hand keeps the centre where it is.
  if (values['rotation'] !== undefined && values['w'] === undefined) {
    return { ...next, ...turned(boxOf(element), element.rotation, next.rotation) };
  }
  return next;
}

function withBox(element: LabelElement, box: Box | undefined): LabelElement {
  return box === undefined || element.locked
    ? element
    : { ...element, x: box.x, y: box.y, w: box.w, h: box.h };
}

/** The box of an element. */
export function boxOf({ x, y, w, h }: LabelElement): Box {
  return { x, y, w, h };
}

/** The label as a box. */
export function pageOf(template: Template): Box {
  return { x: 0, y: 0, w: template.width_mm, h: template.height_mm };
}

/** The selected elements in the order in which they were selected. */
export function selectedOf(board: Board): LabelElement[] {
  return board.selected.flatMap((id) => board.present.elements.find((one) => one.id === id) ?? []);
}

function overMovable(board: Board, change: (boxes: Box[]) => Box[]): LabelElement[] {
  const movable = selectedOf(board).filter((one) => !one.locked);
  const boxes = change(movable.map(boxOf));
  const byId = new Map(movable.map((one, index) => [one.id, boxes[index]]));
  return board.present.elements.map((one) => withBox(one, byId.get(one.id)));
}

function ordered(elements: LabelElement[], ids: string[], order: Order): LabelElement[] {
  const chosen = elements.filter((one) => ids.includes(one.id));
  const rest = elements.filter((one) => !ids.includes(one.id));
  if (order === 'front') return [...rest, ...chosen];
  if (order === 'back') return [...chosen, ...rest];
  const result = [...elements];
  const walk = order === 'forward' ? result.map((_, i) => result.length - 1 - i) : result.map((_, i) => i);
  const step = order === 'forward' ? 1 : -1;
  for (const index of walk) {
    const one = result[index];
    const other = result[index + step];
    if (one === undefined || other === undefined) continue;
    if (ids.includes(one.id) && !ids.includes(other.id)) {
      result[index] = other;
      result[index + step] = one;
    }
  }
  return result;
}

function layered(elements: LabelElement[], id: string, to: number): LabelElement[] {
  const one = elements.find((element) => element.id === id);
  if (one === undefined) return elements;
  const rest = elements.filter((element) => element.id !== id);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

function stepped(board: Board, present: Template, step: string | null): Board {
  if (same(present, board.present)) return board;
  const joined = step !== null && step === board.last;
  return {
    ...board,
    past: joined ? board.past : [...board.past.slice(1 - MOST_STEPS), board.present],
    present,
    future: [],
    last: step,
  };
}

/** Whether two labels are alike. */
export function same(a: Template, b: Template): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function selection(board: Board, ids: string[]): Board {
  const known = ids.filter((id) => board.present.elements.some((one) => one.id === id));
  if (known.join(' ') === board.selected.join(' ')) return board;
  return { ...board, selected: known, last: null };
}

function added(board: Board, elements: LabelElement[]): Board {
  if (elements.length === 0) return board;
  const present = { ...board.present, elements: [...board.present.elements, ...elements] };
  return { ...stepped(board, present, null), selected: elements.map((one) => one.id) };
}

function removed(board: Board): Board {
  const goes = new Set(selectedOf(board).flatMap((one) => (one.locked ? [] : [one.id])));
  if (goes.size === 0) return board;
  const elements = board.present.elements.filter((one) => !goes.has(one.id));
  const next = stepped(board, { ...board.present, elements }, null);
  return { ...next, selected: board.selected.filter((id) => !goes.has(id)) };
}

function undo(board: Board): Board {
  const present = board.past.at(-1);
  if (present === undefined) return board;
  return travelled(board, {
    past: board.past.slice(0, -1),
    present,
    future: [board.present, ...board.future],
  });
}

function redo(board: Board): Board {
  const [present, ...future] = board.future;
  if (present === undefined) return board;
  return travelled(board, { past: [...board.past, board.present], present, future });
}

function travelled(board: Board, steps: Pick<Board, 'past' | 'present' | 'future'>): Board {
  const there = new Set(steps.present.elements.map((one) => one.id));
  return { ...steps, selected: board.selected.filter((id) => there.has(id)), last: null };
}
