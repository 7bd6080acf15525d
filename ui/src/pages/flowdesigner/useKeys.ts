import type { Dispatch } from 'react';
import { useEffect, useRef } from 'react';
import { clipboard, putClipboard } from '../../flowdesigner/clipboard';
import type { Action, Board } from '../../flowdesigner/model';
import { pasted, reduce, spotAfter } from '../../flowdesigner/model';
import type { Spot } from '../../flowdesigner/tree';
import { find, isColumn, neighbour, spotOf } from '../../flowdesigner/tree';
import { focusNode, focusPlace, focusSettings, focusSpot } from './focusing';

interface Keys {
  board: Board;
  dispatch: Dispatch<Action>;
  open: (id: string) => void;
  remove: (id: string) => void;
  save: () => void;
  moving: string | null;
  setMoving: (id: string | null) => void;
  setAdding: (spot: Spot | null) => void;
  setRenaming: (id: string | null) => void;
  setHelp: (open: boolean) => void;
}

const TYPING = 'input, textarea, [contenteditable=true], .ant-select';
const ELSEWHERE = '.ant-modal, .ant-drawer, .ant-dropdown, .ant-popover, [role=menu], .fw-settings, .fw-bar';

/** The designer by keyboard alone: arrows go through the drawing, and everything that the mouse can do has a key. */
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
          : !typing && !elsewhere && plain(event, target, latest.current);
      if (done) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

const ARROWS: Partial<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  ...{ ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' },
};

function plain(event: KeyboardEvent, target: HTMLElement, keys: Keys): boolean {
  const to = ARROWS[event.key];
  if (to !== undefined) {
    if (keys.moving !== null) focusPlace(to === 'up' || to === 'left' ? -1 : 1);
    else if (event.altKey) moved(keys, to);
    else walked(keys, to);
    return true;
  }
  if (event.key === 'Escape') {
    if (keys.moving === null) keys.dispatch({ do: 'select', id: null });
    else keys.setMoving(null);
    return true;
  }
  if (event.key === 'Insert' || event.key === '+') {
    keys.setAdding(spotAfter(keys.board));
    return true;
  }
  if (event.key === '?') {
    keys.setHelp(true);
    return true;
  }
  return withSelected(event, target, keys);
}

/** What is done with the selected step. */
function withSelected(event: KeyboardEvent, target: HTMLElement, keys: Keys): boolean {
  const { board, open, remove, setMoving, setRenaming } = keys;
  const chosen = board.selected === null ? undefined : find(board.present, board.selected);
  if (chosen === undefined) return false;
  const inside = isColumn(chosen.kind);
  const here = spotOf(board.present, chosen.id);
  switch (event.key) {
    case 'Enter':
      // Buttons of their own beside the cards do what they say.
      if (target !== document.body && target.dataset['node'] !== chosen.id) return false;
      if (chosen.kind === 'branch' || chosen.kind === 'parallel') return false;
      open(chosen.id);
      focusSettings(chosen.id);
      return true;
    case 'F2':
      if (inside) return false;
      setRenaming(chosen.id);
      return true;
    case 'm':
      if (inside || chosen.kind === 'start') return false;
      setMoving(chosen.id);
      if (here !== null) focusSpot(here);
      return true;
    case 'Delete':
    case 'Backspace':
      remove(chosen.id);
      return true;
    default:
      return false;
  }
}

function walked({ board, dispatch }: Keys, to: 'up' | 'down' | 'left' | 'right'): void {
  const { selected, present } = board;
  const next = selected === null ? present.id : neighbour(present, selected, to);
  if (next === null) return;
  dispatch({ do: 'select', id: next });
  focusNode(next);
}

/** With Alt the arrows take the step along: up and down past others, the ways of a block to the left and right. */
function moved({ board, dispatch }: Keys, to: 'up' | 'down' | 'left' | 'right'): void {
  const { selected, present } = board;
  if (selected === null) return;
  const by = to === 'up' || to === 'left' ? -1 : 1;
  const aside = to === 'left' || to === 'right';
  const column = aside && isColumn(find(present, selected)?.kind ?? '');
  if (aside !== column) return;
  dispatch({ do: column ? 'shift' : 'step', id: selected, by });
  focusNode(selected);
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
  const act = (action: Action) => {
    const { selected } = reduce(board, action);
    dispatch(action);
    if (selected !== null) focusNode(selected);
  };
  const actions: Partial<Record<string, () => void>> = {
    z: () => act({ do: event.shiftKey ? 'redo' : 'undo' }),
    y: () => act({ do: 'redo' }),
    c: () => {
      if (chosen !== undefined && chosen.kind !== 'start') putClipboard(chosen);
    },
    x: () => {
      if (chosen === undefined || chosen.kind === 'start') return;
      putClipboard(chosen);
      remove(chosen.id);
    },
    v: () => {
      const copy = clipboard();
      if (copy !== null) act({ do: 'insert', spot: spotAfter(board), nodes: pasted(copy) });
    },
  };
  const action = actions[key];
  action?.();
  return action !== undefined;
}
