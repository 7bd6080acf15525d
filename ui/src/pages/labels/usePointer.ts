import type { PointerEvent, RefObject } from 'react';
import { useRef, useState } from 'react';
import type { Box, Handle, Point } from '../../labels/geometry';
import { around, between, elementsAt, HANDLES, resized, stretched, touches } from '../../labels/geometry';
import { boxOf, pageOf, selectedOf } from '../../labels/model';
import type { Guide } from '../../labels/snapping';
import { snapMove, snapResize } from '../../labels/snapping';
import type { LabelElement } from '../../labels/template';
import { useDesk } from './desk';
import type { View } from './useView';
import { onLabel } from './useView';

/** How near to a handle, an edge or a guide the pointer must be, in pixels. */
const HANDLE_REACH = 7;
const POINT_REACH = 3;
const SNAP_REACH = 5;
/** A press that moves less is a click. */
const STILL = 3;

interface Press {
  kind: 'move' | 'resize' | 'marquee' | 'shift';
  at: Point;
  screen: Point;
  handle: Handle | null;
  frame: Box;
  elements: LabelElement[];
  before: string[];
  moved: boolean;
  step: string;
  /** What a click without moving selects. */
  click: string[] | null;
}

/** What is going on under the pointer, to be drawn above the label. */
export interface Doing {
  guides: Guide[];
  marquee: Box | null;
  busy: 'move' | 'resize' | null;
  cursor: string;
}

const NOTHING: Doing = { guides: [], marquee: null, busy: null, cursor: 'default' };

const CURSORS: Record<Handle, string> = {
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
};

/** Where a handle of a box is. */
export function handleAt(box: Box, handle: Handle): Point {
  const x = handle.includes('w') ? box.x : handle.includes('e') ? box.x + box.w : box.x + box.w / 2;
  const y = handle.includes('n') ? box.y : handle.includes('s') ? box.y + box.h : box.y + box.h / 2;
  return { x, y };
}

function handleUnder(box: Box, at: Point, zoom: number): Handle | null {
  const near = HANDLES.filter((handle) => {
    const place = handleAt(box, handle);
    // On a small box the corners stay, the rest would cover it.
    if (handle.length === 1 && (handle === 'n' || handle === 's' ? box.w : box.h) * zoom < 24) return false;
    return Math.hypot(place.x - at.x, place.y - at.y) * zoom <= HANDLE_REACH;
  });
  return near[0] ?? null;
}

let presses = 0;

/** Selecting, moving, resizing and shifting the board with the pointer. */
export function usePointer(
  frame: RefObject<HTMLDivElement | null>,
  view: View,
  shift: (dx: number, dy: number) => void,
  spaceDown: RefObject<boolean>,
) {
  const { board, dispatch, may, dpi, snap } = useDesk();
  const press = useRef<Press | null>(null);
  const [doing, setDoing] = useState(NOTHING);
  const { elements } = board.present;

  const place = (event: PointerEvent) => {
    const bounds = frame.current?.getBoundingClientRect();
    const screen = { x: event.clientX - (bounds?.left ?? 0), y: event.clientY - (bounds?.top ?? 0) };
    return { screen, at: onLabel(view, screen) };
  };
  const movable = may ? selectedOf(board).filter((one) => !one.locked && !one.hidden) : [];
  const selection = around(movable.map(boxOf));

  const down = (event: PointerEvent<HTMLDivElement>) => {
    const { at, screen } = place(event);
    if (event.button > 1) {
      // The menu is about what lies under it.
      const hit = elementsAt(elements, at, POINT_REACH / view.zoom)[0];
      if (hit !== undefined && !board.selected.includes(hit.id)) dispatch({ do: 'select', ids: [hit.id] });
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    presses += 1;
    const common = { at, screen, moved: false, step: `drag ${presses}`, before: board.selected };
    if (event.button === 1 || spaceDown.current) {
      press.current = { ...common, kind: 'shift', handle: null, frame: NO_BOX, elements: [], click: null };
      return;
    }
    const handle = selection === null ? null : handleUnder(selection, at, view.zoom);
    if (handle !== null && selection !== null) {
      press.current = { ...common, kind: 'resize', handle, frame: selection, elements: movable, click: null };
      return;
    }
    const under = elementsAt(elements, at, POINT_REACH / view.zoom);
    const hit = event.altKey ? (under[nextIndex(under, board.selected)] ?? under[0]) : under[0];
    if (hit === undefined) {
      if (!event.shiftKey) dispatch({ do: 'select', ids: [] });
      press.current = { ...common, kind: 'marquee', handle: null, frame: NO_BOX, elements: [], click: null };
      return;
    }
    const already = board.selected.includes(hit.id);
    let ids = already ? board.selected : [hit.id];
    if (event.shiftKey) {
      ids = already ? board.selected.filter((id) => id !== hit.id) : [...board.selected, hit.id];
    }
    dispatch({ do: 'select', ids });
    const taken = may ? elements.filter((one) => ids.includes(one.id) && !one.locked) : [];
    press.current = {
      ...common,
      kind: 'move',
      handle: null,
      frame: around(taken.map(boxOf)) ?? NO_BOX,
      elements: taken,
      click: already && !event.shiftKey ? [hit.id] : null,
    };
  };

  const move = (event: PointerEvent<HTMLDivElement>) => {
    const now = press.current;
    const { at, screen } = place(event);
    if (now === null) {
      hover(at);
      return;
    }
    if (!now.moved && Math.hypot(screen.x - now.screen.x, screen.y - now.screen.y) < STILL) return;
    now.moved = true;
    if (now.kind === 'shift') {
      shift(event.movementX, event.movementY);
      return;
    }
    if (now.kind === 'marquee') {
      const box = between(now.at, at);
      const caught = elements.filter((one) => !one.hidden && touches(one, box)).map((one) => one.id);
      const ids = event.shiftKey ? [...new Set([...now.before, ...caught])] : caught;
      dispatch({ do: 'select', ids });
      setDoing({ ...NOTHING, marquee: box });
      return;
    }
    if (now.elements.length > 0) drag(now, at, event);
  };

  const drag = (now: Press, at: Point, event: PointerEvent) => {
    const ids = new Set(now.elements.map((one) => one.id));
    const field = {
      page: pageOf(board.present),
      others: elements.filter((one) => !ids.has(one.id) && !one.hidden).map(boxOf),
      reach: snap && !event.ctrlKey ? SNAP_REACH / view.zoom : 0,
      dpi,
    };
    let dx = at.x - now.at.x;
    let dy = at.y - now.at.y;
    if (now.kind === 'move' && event.shiftKey) {
      if (Math.abs(dx) > Math.abs(dy)) dy = 0;
      else dx = 0;
    }
    const { box, guides } =
      now.handle === null
        ? snapMove({ ...now.frame, x: now.frame.x + dx, y: now.frame.y + dy }, field)
        : snapResize(resized(now.frame, now.handle, dx, dy, event.shiftKey), now.handle, field);
    const boxes = stretched(now.elements.map(boxOf), now.frame, box);
    dispatch({
      do: 'place',
      boxes: Object.fromEntries(now.elements.map((one, index) => [one.id, boxes[index] ?? boxOf(one)])),
      step: now.step,
    });
    const busy = now.kind === 'move' ? 'move' : 'resize';
    setDoing({
      guides,
      marquee: null,
      busy,
      cursor: now.handle === null ? 'move' : CURSORS[now.handle],
    });
  };

  const hover = (at: Point) => {
    const handle = selection === null ? null : handleUnder(selection, at, view.zoom);
    const over = elementsAt(elements, at, POINT_REACH / view.zoom)[0];
    const cursor =
      handle !== null
        ? CURSORS[handle]
        : over === undefined
          ? 'default'
          : may && !over.locked
            ? 'move'
            : 'pointer';
    if (cursor !== doing.cursor || doing.busy !== null) setDoing({ ...NOTHING, cursor });
  };

  const up = () => {
    const now = press.current;
    press.current = null;
    if (now !== null && !now.moved && now.click !== null) dispatch({ do: 'select', ids: now.click });
    dispatch({ do: 'rest' });
    setDoing((before) => ({ ...NOTHING, cursor: before.cursor }));
  };

  return {
    doing,
    handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: up },
  };
}

const NO_BOX: Box = { x: 0, y: 0, w: 0, h: 0 };

function nextIndex(under: LabelElement[], selected: string[]): number {
  const at = under.findIndex((one) => selected.includes(one.id));
  return under.length === 0 ? 0 : (at + 1) % under.length;
}
