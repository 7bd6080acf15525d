import { Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Placed } from '../../flowdesigner/layout';
import type { NodeKind } from '../../flowdesigner/declared';
import { find, fresh, innerOf, walk } from '../../flowdesigner/tree';
import { AddMenu } from './AddMenu';
import { useDesk } from './desk';

/** The round + between two cards: it offers every kind of step; while something is moved, the places where it can go. */
export function Plus({ placed: { spot, node } }: { placed: Placed }) {
  const { t } = useTranslation();
  const { board, dispatch, words, open, moving, setMoving } = useDesk();
  const [shown, setShown] = useState(false);
  const [over, setOver] = useState(false);
  if (spot === undefined) return null;
  const lifted = moving === null ? undefined : find(board.present, moving);
  const here = lifted !== undefined && !walk(lifted).some((one) => one.id === spot.parent);
  const drop = () => {
    if (moving !== null && here) dispatch({ do: 'move', id: moving, spot });
    setMoving(null);
    setOver(false);
  };
  const before = spot.at === 0 ? node : node.children[spot.at - 1];
  if (moving !== null) {
    return (
      <button
        type="button"
        className={`fw-plus fw-here nopan${over ? ' fw-over' : ''}`}
        disabled={!here}
        aria-label={t('flowdesigner.moveHere', { name: before?.title })}
        onClick={drop}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          drop();
        }}
      >
        <Icon name="down" size={14} />
      </button>
    );
  }
  const take = (kind: NodeKind) => {
    setShown(false);
    const made = fresh(kind.name, words);
    const first = innerOf(kind.name) === undefined ? made : (made.children[0] ?? made);
    dispatch({ do: 'insert', spot, nodes: [made], select: first.id });
    open(first.id);
  };
  return (
    <Popover
      trigger="click"
      open={shown}
      onOpenChange={setShown}
      placement="right"
      arrow={false}
      destroyOnHidden
      classNames={{ root: 'fw-add' }}
      content={
        <AddMenu
          onTake={take}
          onPaste={(nodes) => {
            setShown(false);
            dispatch({ do: 'insert', spot, nodes });
          }}
          onClose={() => setShown(false)}
        />
      }
    >
      <button
        type="button"
        className={`fw-plus nopan${shown ? ' fw-open' : ''}`}
        aria-label={t('flowdesigner.addAfter', { name: before?.title })}
        aria-expanded={shown}
      >
        <Icon name="plus" size={14} />
      </button>
    </Popover>
  );
}
