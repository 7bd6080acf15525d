import type { DragEndEvent, DragMoveEvent, DragStartEvent } from '@dnd-kit/core';
import { PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { useState } from 'react';
import type { Segment } from './calls';
import { END } from './ChipRow';
import type { Placed } from './segments';

interface Dragging {
  segments: Placed[];
  onMove: (from: number, to: number) => void;
  onInsert: (segment: Segment, at: number) => void;
}

function fromPalette(event: DragStartEvent | DragMoveEvent): Segment | undefined {
  return (event.active.data.current as { segment?: Segment } | undefined)?.segment;
}

/** Dragging chips among each other, and segments from the palette in between. */
export function useDragging({ segments, onMove, onInsert }: Dragging) {
  const [dragged, setDragged] = useState<Segment | null>(null);
  const [insertAt, setInsertAt] = useState<number | null>(null);
  // A press that does not move is a click.
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));

  const placeOf = (event: DragMoveEvent): number | null => {
    const { over, active } = event;
    if (over === null) return null;
    if (over.id === END) return segments.length;
    const place = segments.findIndex((one) => one.id === over.id);
    const box = active.rect.current.translated;
    const behind = box !== null && box.left + box.width / 2 > over.rect.left + over.rect.width / 2;
    return place === -1 ? null : place + (behind ? 1 : 0);
  };
  const show = (event: DragMoveEvent) => {
    if (fromPalette(event) !== undefined) setInsertAt(placeOf(event));
  };
  const stop = () => {
    setDragged(null);
    setInsertAt(null);
  };
  return {
    sensors,
    dragged,
    insertAt,
    handlers: {
      onDragStart: (event: DragStartEvent) => setDragged(fromPalette(event) ?? null),
      onDragMove: show,
      // What lies under the pointer is known a moment after the move.
      onDragOver: show,
      onDragCancel: stop,
      onDragEnd: (event: DragEndEvent) => {
        const segment = fromPalette(event);
        const place = placeOf(event);
        stop();
        if (segment !== undefined) {
          if (place !== null) onInsert(segment, place);
          return;
        }
        const from = segments.findIndex((one) => one.id === event.active.id);
        const to = segments.findIndex((one) => one.id === event.over?.id);
        if (from !== -1 && to !== -1 && from !== to) onMove(from, to);
      },
    },
  };
}
