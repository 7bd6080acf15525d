import { useDroppable } from '@dnd-kit/core';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Stage } from 'react-konva';
import { around } from '../../labels/geometry';
import { boxOf, pageOf, selectedOf } from '../../labels/model';
import { BoardMenu } from './BoardMenu';
import { useDesk } from './desk';
import { Overlay } from './Overlay';
import { Paper } from './Paper';
import { Rulers } from './Rulers';
import type { View } from './useView';
import { usePointer } from './usePointer';

interface CanvasProps {
  frame: RefObject<HTMLDivElement | null>;
  view: View;
  shift: (dx: number, dy: number) => void;
}

/** What palette entries and fields are dropped on. */
export const DROP = 'label';

/** The label under the hands: what will be printed, and handles above it. */
export function Canvas({ frame, view, shift }: CanvasProps) {
  const { t } = useTranslation();
  const { board, dispatch } = useDesk();
  const space = useSpace();
  const { doing, handlers } = usePointer(frame, view, shift, space);
  const { setNodeRef, isOver } = useDroppable({ id: DROP });
  const selection = around(selectedOf(board).map(boxOf));
  const page = pageOf(board.present);
  return (
    <BoardMenu>
      <div
        ref={(node) => {
          frame.current = node;
          setNodeRef(node);
        }}
        className={isOver ? 'ld-canvas ld-over' : 'ld-canvas'}
        style={{ cursor: doing.cursor }}
        role="group"
        aria-label={t('labels.board', { width: page.w, height: page.h })}
        tabIndex={-1}
        {...handlers}
      >
        {view.width > 0 && (
          <Stage width={view.width} height={view.height} listening={false}>
            <Paper view={view} />
            <Overlay view={view} doing={doing} />
            <Rulers view={view} selection={selection} />
          </Stage>
        )}
        <ul className="ld-grips" aria-label={t('labels.elements')}>
          {board.present.elements.map(
            (one) =>
              !one.hidden && (
                <li key={one.id}>
                  <button
                    type="button"
                    data-element={one.id}
                    aria-pressed={board.selected.includes(one.id)}
                    aria-label={one.name}
                    style={{
                      left: view.ox + one.x * view.zoom,
                      top: view.oy + one.y * view.zoom,
                      width: one.w * view.zoom,
                      height: one.h * view.zoom,
                    }}
                    onFocus={(event) => {
                      // Only the keyboard comes this way; a click selects on the canvas, perhaps several.
                      if (event.currentTarget.matches(':focus-visible'))
                        dispatch({ do: 'select', ids: [one.id] });
                    }}
                    onClick={(event) => {
                      if (event.detail === 0) dispatch({ do: 'select', ids: [one.id] });
                    }}
                  />
                </li>
              ),
          )}
        </ul>
      </div>
    </BoardMenu>
  );
}

/** Whether the space bar is held: then the pointer shifts the board. */
function useSpace(): RefObject<boolean> {
  const down = useRef(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.code !== 'Space') return;
      const typing =
        event.target instanceof HTMLElement && event.target.matches('input, textarea, button, [role]');
      down.current = event.type === 'keydown' && !typing;
    };
    window.addEventListener('keydown', listen);
    window.addEventListener('keyup', listen);
    return () => {
      window.removeEventListener('keydown', listen);
      window.removeEventListener('keyup', listen);
    };
  }, []);
  return down;
}
