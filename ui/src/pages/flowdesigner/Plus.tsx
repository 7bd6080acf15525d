import { Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Placed } from '../../flowdesigner/layout';
import type { NodeKind } from '../../flowdesigner/declared';
import type { Spot } from '../../flowdesigner/tree';
import { find, fresh, innerOf, walk } from '../../flowdesigner/tree';
import { AddMenu } from './AddMenu';
import { useDesk } from './desk';
import { focusNode } from './focusing';

const same = (one: Spot, other: Spot | null) => one.parent === other?.parent && one.at === other.at;

/** The round + between two cards: it offers every kind of step; while something is moved, the places where it can go. */
export function Plus({ placed: { spot, node } }: { placed: Placed }) {
  const { t } = useTranslation();
  const { board, dispatch, kinds, words, open, moving, setMoving, adding, setAdding } = useDesk();
  const { carried, setCarried } = useDesk();
  const [over, setOver] = useState(false);
  if (spot === undefined) return null;
  const before = spot.at === 0 ? node : node.children[spot.at - 1];
  const lifted = moving === null ? undefined : find(board.present, moving);
  const inItself = lifted !== undefined && walk(lifted).some((one) => one.id === spot.parent);
  const take = (kind: NodeKind) => {
    setAdding(null);
    const made = fresh(kind.name, words);
    const first = innerOf(kind.name) === undefined ? made : (made.children[0] ?? made);
    dispatch({ do: 'insert', spot, nodes: [made], select: first.id });
    open(first.id);
    focusNode(first.id);
  };
  const drop = () => {
    const kind = carried === null ? undefined : kinds.get(carried);
    if (kind !== undefined) take(kind);
    else if (moving !== null && !inItself) {
      dispatch({ do: 'move', id: moving, spot });
      focusNode(moving);
    }
    setMoving(null);
    setCarried(null);
    setOver(false);
  };
  const shown = same(spot, adding);
  const asked = moving !== null || carried !== null;
  const button = asked ? (
    <button
      type="button"
      className={`fw-plus fw-here nopan${over ? ' fw-over' : ''}`}
      data-at={`${spot.parent}/${spot.at}`}
      disabled={inItself}
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
  ) : (
    <button
      type="button"
      className={`fw-plus nopan${shown ? ' fw-open' : ''}`}
      aria-label={t('flowdesigner.addAfter', { name: before?.title })}
      aria-expanded={shown}
    >
      <Icon name="plus" size={14} />
    </button>
  );
  return (
    <Popover
      // What is dragged out of the list must stay on the page until it is dropped.
      trigger={asked ? [] : 'click'}
      open={shown}
      onOpenChange={(next) => setAdding(next ? spot : null)}
      placement="right"
      arrow={false}
      destroyOnHidden
      classNames={{ root: carried === null ? 'fw-add' : 'fw-add fw-add-away' }}
      content={
        <AddMenu
          onTake={take}
          onPaste={(nodes) => {
            setAdding(null);
            dispatch({ do: 'insert', spot, nodes });
          }}
          onClose={() => {
            setAdding(null);
            if (before !== undefined) focusNode(before.id);
          }}
        />
      }
    >
      {button}
    </Popover>
  );
}
