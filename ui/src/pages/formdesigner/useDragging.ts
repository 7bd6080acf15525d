import type { DragStartEvent } from '@dnd-kit/core';
import { PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import type { Dispatch } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Kind } from '../../formdesigner/declared';
import type { Action, Board } from '../../formdesigner/model';
import { chosenOf } from '../../formdesigner/model';
import type { Place } from '../../formdesigner/tree';
import { find, fits, fresh } from '../../formdesigner/tree';
import type { FormField } from '../../forms/model';
import type { Mark } from './desk';
import type { FormPart } from './parts';

/** What is dragged: a kind or a template from the palette, or a field of the form. */
export interface Dragged {
  kind?: Kind;
  part?: FormPart;
  field?: string;
}

/** Dragging kinds from the palette on the form, and fields of the form among each other. */
export function useDragging(
  board: Board,
  dispatch: Dispatch<Action>,
  put: { kind: (kind: Kind, place: Place) => void; part: (part: FormPart, place: Place) => void },
) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [mark, setMark] = useState<Mark | null>(null);
  const pointer = useRef({ x: 0, y: 0 });
  // A press that does not move is a click.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent) => {
      pointer.current = { x: clientX, y: clientY };
    };
    window.addEventListener('pointermove', follow, { capture: true });
    return () => window.removeEventListener('pointermove', follow, { capture: true });
  }, []);

  const goes = (what: Dragged): FormField[] => {
    if (what.kind !== undefined) return [fresh(what.kind, what.kind.name)];
    if (what.part !== undefined) return what.part.fields;
    const id = what.field ?? '';
    const ids = board.selected.includes(id) ? board.selected : [id];
    return chosenOf({ ...board, selected: ids });
  };
  const look = () => {
    if (dragged !== null) setMark(markAt(board, goes(dragged), pointer.current));
  };
  const stop = () => {
    setDragged(null);
    setMark(null);
  };
  return {
    sensors,
    dragged,
    mark,
    handlers: {
      onDragStart: (event: DragStartEvent) => setDragged(event.active.data.current as Dragged),
      onDragMove: look,
      onDragCancel: stop,
      onDragEnd: () => {
        const what = dragged;
        const there = what === null ? null : markAt(board, goes(what), pointer.current);
        stop();
        if (what === null || there === null) return;
        if (what.kind !== undefined) put.kind(what.kind, there.place);
        else if (what.part !== undefined) put.part(what.part, there.place);
        else dispatch({ do: 'move', ids: goes(what).map((one) => one.id), place: there.place });
      },
    },
  };
}

/** The line under the pointer: in the innermost container that takes what is dragged. */
function markAt(board: Board, fields: FormField[], point: { x: number; y: number }): Mark | null {
  const under = document.elementsFromPoint(point.x, point.y).find((one) => one.closest('[data-container]'));
  let element = under?.closest<HTMLElement>('[data-container]') ?? null;
  while (element !== null) {
    const within = element.dataset['container'] === '' ? null : (element.dataset['container'] ?? null);
    if (fields.every((one) => fits(board.present, within, one, board.kinds))) {
      return lineIn(board, within, point);
    }
    element = element.parentElement?.closest<HTMLElement>('[data-container]') ?? null;
  }
  return null;
}

function lineIn(board: Board, within: string | null, point: { x: number; y: number }): Mark {
  const container = within === null ? undefined : find(board.present, within);
  const children = container === undefined ? board.present : (container.fields ?? []);
  const columns = container !== undefined && board.kinds.get(container.kind)?.holds === 'rows';
  const full = (one: FormField) => !columns && (one.width ?? 12) === 12;
  for (const [at, one] of children.entries()) {
    const box = document.querySelector(`[data-field="${one.id}"]`)?.getBoundingClientRect();
    if (box === undefined) continue;
    const above = !columns && point.y < box.top;
    const beside = (columns || point.y < box.bottom) && point.x < box.left + box.width / 2;
    const before = full(one) ? point.y < box.top + box.height / 2 : above || beside;
    if (before) return { place: { within, at }, at: one.id, side: full(one) ? 'top' : 'left' };
  }
  const last = children.at(-1);
  const side = last !== undefined && !full(last) ? 'right' : 'bottom';
  return { place: { within, at: children.length }, at: last?.id ?? null, side };
}
