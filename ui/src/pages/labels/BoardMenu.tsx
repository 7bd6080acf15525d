import { Dropdown } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { clipboard, copies, putClipboard } from '../../labels/adding';
import { selectedOf } from '../../labels/model';
import { useDesk } from './desk';

/** What the right button offers on the board. */
export function BoardMenu({ children }: { children: ReactElement }) {
  const { t } = useTranslation();
  const { board, dispatch, may } = useDesk();
  const chosen = selectedOf(board);
  const none = chosen.length === 0;
  const locked = !none && chosen.every((one) => one.locked);
  const entry = (key: string, keys: string, disabled = none || !may) => ({
    key,
    label: t(`labels.menu.${key}`),
    extra: keys,
    disabled,
  });
  const items = [
    entry('copy', 'Ctrl+C', none),
    entry('paste', 'Ctrl+V', !may || clipboard().length === 0),
    entry('duplicate', 'Ctrl+D'),
    { type: 'divider' as const },
    entry('front', 'Ctrl+Shift+]'),
    entry('forward', 'Ctrl+]'),
    entry('backward', 'Ctrl+['),
    entry('back', 'Ctrl+Shift+['),
    { type: 'divider' as const },
    entry(locked ? 'unlock' : 'lock', ''),
    entry('all', 'Ctrl+A', false),
    { ...entry('remove', 'Delete'), danger: true },
  ];
  const lock = (on: boolean) => dispatch({ do: 'set', ids: board.selected, values: { locked: on } });
  const actions: Record<string, () => void> = {
    copy: () => putClipboard(chosen),
    paste: () => dispatch({ do: 'add', elements: copies(board.present, clipboard()) }),
    duplicate: () => dispatch({ do: 'add', elements: copies(board.present, chosen) }),
    front: () => dispatch({ do: 'order', order: 'front' }),
    forward: () => dispatch({ do: 'order', order: 'forward' }),
    backward: () => dispatch({ do: 'order', order: 'backward' }),
    back: () => dispatch({ do: 'order', order: 'back' }),
    lock: () => lock(true),
    unlock: () => lock(false),
    all: () =>
      dispatch({
        do: 'select',
        ids: board.present.elements.filter((one) => !one.hidden).map((one) => one.id),
      }),
    remove: () => dispatch({ do: 'remove' }),
  };
  return (
    <Dropdown trigger={['contextMenu']} menu={{ items, onClick: ({ key }) => actions[key]?.() }}>
      {children}
    </Dropdown>
  );
}
