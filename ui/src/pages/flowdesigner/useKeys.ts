import type { Dispatch } from 'react';
import { useEffect, useRef } from 'react';
import { clipboard, putClipboard } from '../../flowdesigner/clipboard';
import type { Action, Board } from '../../flowdesigner/model';
import { pasted, spotAfter } from '../../flowdesigner/model';
import { find, neighbour } from '../../flowdesigner/tree';

interface Keys {
  board: Board;
  dispatch: Dispatch<Action>;
  open: (id: string) => void;
  remove: (id: string) => void;
  save: () => void;
  moving: string | null;
  setMoving: (id: string | null) => void;
}

const TYPING = 'input, textarea, [contenteditable=true], .ant-select';
const ELSEWHERE = '.ant-modal, .ant-drawer, .ant-dropdown, .ant-popover, [role=menu], .fw-settings, .fw-bar';

/** The designer by keyboard: arrows go through the drawing, Enter opens; copy, paste, undo, delete, save. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { target } = event;
      if (!(target instanceof HTMLElement)) return;
      if (target.closest('.ant-modal, .ant-drawer') !== null) return;
      const typing = target.closest(TYPING) !== null;
      const elsewhere = target.closest(ELSEWHERE) !== null;
      const done =
        event.ctrlKey || event.metaKey
          ? withControl(event, latest.current, typing)
          : !typing && !elsewhere && plain(event, latest.current);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

const ARROWS: Partial<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  ...{ ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' },
};

function plain(event: KeyboardEvent, keys: Keys): boolean {
  const { board, dispatch, remove, moving, setMoving } = keys;
  const { selected, present } = board;
  const to = ARROWS[event.key];
  if (to !== undefined) {
    const next = selected === null ? present.id : neighbour(present, selected, to);
    if (next === null) return true;
    dispatch({ do: 'select', id: next });
    // The keyboard's focus goes along, so that what follows is read out.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-node="${next}"]`)?.focus());
    return true;
  }
  if (event.key === 'Escape') {
    if (moving === null) dispatch({ do: 'select', id: null });
    else setMoving(null);
    return true;
  }
  if (selected !== null && (event.key === 'Delete' || event.key === 'Backspace')) {
    remove(selected);
    return true;
  }
  return false;
}

function withControl(event: KeyboardEvent, keys: Keys, typing: boolean): boolean {
  const { board, dispatch, save, remove } = keys;
  const key = event.key.toLowerCase();
  if (key === 's') {
    save();
    return true;
  }
  // What is marked on the page is copied as text.
  if (typing || (key === 'c' && getSelection()?.isCollapsed === false)) return false;
  const chosen = board.selected === null ? undefined : find(board.present, board.selected);
  const actions: Partial<Record<string, () => void>> = {
    z: () => dispatch({ do: event.shiftKey ? 'redo' : 'undo' }),
    y: () => dispatch({ do: 'redo' }),
    c: () => {
      if (chosen !== undefined) putClipboard(chosen);
    },
    x: () => {
      if (chosen === undefined) return;
      putClipboard(chosen);
      remove(chosen.id);
    },
    v: () => {
      const copy = clipboard();
      if (copy !== null) dispatch({ do: 'insert', spot: spotAfter(board), nodes: pasted(copy) });
    },
  };
  const action = actions[key];
  action?.();
  return action !== undefined;
}
