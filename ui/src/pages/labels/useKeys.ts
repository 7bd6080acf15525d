import type { Dispatch } from 'react';
import { useEffect, useRef } from 'react';
import { clipboard, copies, putClipboard } from '../../labels/adding';
import { dot } from '../../labels/geometry';
import type { Action, Board } from '../../labels/model';
import { selectedOf } from '../../labels/model';
import type { Dpi } from '../../labels/template';

interface Keys {
  board: Board;
  dispatch: Dispatch<Action>;
  may: boolean;
  dpi: Dpi;
  save: () => void;
  fit: () => void;
  zoomBy: (factor: number) => void;
}

const TYPING = 'input, textarea, [contenteditable=true], .ant-select';
const ELSEWHERE = '.ant-modal, .ant-drawer, .ant-dropdown, [role=menu]';

/** The designer by keyboard: arrows, copy and paste, undo, save, zoom. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLElement && target.closest(ELSEWHERE) !== null) return;
      const typing = target instanceof HTMLElement && target.closest(TYPING) !== null;
      const done =
        event.ctrlKey || event.metaKey
          ? withControl(event, latest.current, typing)
          : !typing && plain(event, latest.current);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function plain(event: KeyboardEvent, { board, dispatch, may, dpi }: Keys): boolean {
  const arrow = ARROWS[event.key];
  if (arrow !== undefined && may && board.selected.length > 0 && !event.altKey) {
    const far = event.shiftKey ? 1 : dot(dpi);
    dispatch({ do: 'nudge', dx: arrow[0] * far, dy: arrow[1] * far });
    return true;
  }
  if ((event.key === 'Delete' || event.key === 'Backspace') && may && board.selected.length > 0) {
    dispatch({ do: 'remove' });
    return true;
  }
  if (event.key === 'Escape' && board.selected.length > 0) {
    dispatch({ do: 'select', ids: [] });
    return true;
  }
  return false;
}

function withControl(event: KeyboardEvent, keys: Keys, typing: boolean): boolean {
  const { board, dispatch, may } = keys;
  const key = event.key.toLowerCase();
  if (key === 's') {
    if (may) keys.save();
    return true;
  }
  if (typing) return false;
  const chosen = selectedOf(board);
  const actions: Record<string, () => void> = {
    z: () => dispatch({ do: event.shiftKey ? 'redo' : 'undo' }),
    y: () => dispatch({ do: 'redo' }),
    a: () =>
      dispatch({
        do: 'select',
        ids: board.present.elements.filter((one) => !one.hidden).map((one) => one.id),
      }),
    c: () => putClipboard(chosen),
    x: () => {
      putClipboard(chosen);
      dispatch({ do: 'remove' });
    },
    v: () => dispatch({ do: 'add', elements: copies(board.present, clipboard()) }),
    d: () => dispatch({ do: 'add', elements: copies(board.present, chosen) }),
    ']': () => dispatch({ do: 'order', order: event.shiftKey ? 'front' : 'forward' }),
    '[': () => dispatch({ do: 'order', order: event.shiftKey ? 'back' : 'backward' }),
    '0': keys.fit,
    '=': () => keys.zoomBy(1.25),
    '+': () => keys.zoomBy(1.25),
    '-': () => keys.zoomBy(1 / 1.25),
  };
  const action = actions[key];
  if (action === undefined) return false;
  const looksOnly = ['a', 'c', '0', '=', '+', '-'].includes(key);
  if (may || looksOnly) action();
  return true;
}
