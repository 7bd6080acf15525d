import type { Dispatch } from 'react';
import { useEffect, useRef } from 'react';
import { clipboard, putClipboard } from '../../formdesigner/clipboard';
import type { Action, Board } from '../../formdesigner/model';
import { chosenOf } from '../../formdesigner/model';
import { walk } from '../../formdesigner/tree';

interface Keys {
  board: Board;
  dispatch: Dispatch<Action>;
  save: () => void;
}

const TYPING = 'input, textarea, [contenteditable=true], .ant-select';
const ELSEWHERE = '.ant-modal, .ant-drawer, .ant-dropdown, [role=menu]';

/** The designer by keyboard: copy and paste, undo, delete, save; arrows choose, with Alt they move. */
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

const ARROWS: Record<string, -1 | 1> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

function plain(event: KeyboardEvent, { board, dispatch }: Keys): boolean {
  if (board.selected.length === 0) return false;
  const by = ARROWS[event.key];
  if (by !== undefined) {
    if (event.altKey) dispatch({ do: 'nudge', by });
    else choose(board, dispatch, by, event.shiftKey);
    return true;
  }
  if (event.key === 'Delete' || event.key === 'Backspace') dispatch({ do: 'remove' });
  else if (event.key === 'Escape') dispatch({ do: 'select', ids: [] });
  else return false;
  return true;
}

/** Choose the neighbour, or with Shift that one as well. */
function choose(board: Board, dispatch: Dispatch<Action>, by: -1 | 1, more: boolean): void {
  const all = walk(board.present).map((one) => one.id);
  const next = all[all.indexOf(board.selected.at(-1) ?? '') + by];
  if (next === undefined) return;
  dispatch({ do: 'select', ids: more ? [...board.selected.filter((id) => id !== next), next] : [next] });
  // The keyboard's focus goes along, so that what follows is read out.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-hit="${next}"]`)?.focus());
}

function withControl(event: KeyboardEvent, { board, dispatch, save }: Keys, typing: boolean): boolean {
  const key = event.key.toLowerCase();
  if (key === 's') {
    save();
    return true;
  }
  // What is marked on the page is copied as text.
  if (typing || (key === 'c' && getSelection()?.isCollapsed === false)) return false;
  const chosen = chosenOf(board);
  const actions: Record<string, () => void> = {
    z: () => dispatch({ do: event.shiftKey ? 'redo' : 'undo' }),
    y: () => dispatch({ do: 'redo' }),
    a: () => dispatch({ do: 'select', ids: board.present.map((one) => one.id) }),
    c: () => putClipboard(chosen),
    x: () => {
      putClipboard(chosen);
      dispatch({ do: 'remove' });
    },
    v: () => dispatch({ do: 'add', fields: clipboard() }),
    d: () => dispatch({ do: 'duplicate' }),
  };
  const action = actions[key];
  action?.();
  return action !== undefined;
}
