import type { MenuProps } from 'antd';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { putClipboard } from '../../flowdesigner/clipboard';
import { mayShift } from '../../flowdesigner/model';
import type { FlowNode } from '../../flowdesigner/tree';
import { isColumn } from '../../flowdesigner/tree';
import { useDesk } from './desk';

interface CardMenuProps {
  node: FlowNode;
  onRename?: () => void;
}

/** What can be done with a card: rename, move, copy, delete. */
export function CardMenu({ node, onRename }: CardMenuProps) {
  const { t } = useTranslation();
  const { board, dispatch, remove, setMoving } = useDesk();
  const column = isColumn(node.kind);
  const shift = (by: -1 | 1, key: string) =>
    column ? [{ key, label: t(`flowdesigner.${key}`), disabled: !mayShift(board.present, node.id, by) }] : [];
  const items: MenuProps['items'] = [
    ...(onRename === undefined ? [] : [{ key: 'rename', label: t('flowdesigner.rename') }]),
    ...shift(-1, 'earlier'),
    ...shift(1, 'later'),
    ...(column || node.kind === 'start' ? [] : [{ key: 'move', label: t('flowdesigner.move') }]),
    ...(node.kind === 'start' ? [] : [{ key: 'copy', label: t('copy'), extra: 'Ctrl+C' }]),
    ...(node.kind === 'start' ? [] : [{ key: 'delete', label: t('delete'), danger: true, extra: 'Delete' }]),
  ];
  const acts: Partial<Record<string, () => void>> = {
    rename: onRename,
    earlier: () => dispatch({ do: 'shift', id: node.id, by: -1 }),
    later: () => dispatch({ do: 'shift', id: node.id, by: 1 }),
    move: () => setMoving(node.id),
    copy: () => putClipboard(node),
    delete: () => remove(node.id),
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        onClick: ({ key, domEvent }) => {
          domEvent.stopPropagation();
          acts[key]?.();
        },
      }}
    >
      <Button
        className="fw-more nopan"
        type="text"
        size="small"
        aria-label={t('flowdesigner.moreOf', { name: node.title })}
        icon={<Icon name="dots" size={16} />}
      />
    </Dropdown>
  );
}
