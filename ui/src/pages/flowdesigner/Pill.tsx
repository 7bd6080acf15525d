import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import type { Placed } from '../../flowdesigner/layout';
import { useDesk } from './desk';

/** Above the ways of a block: one more. */
export function Pill({ placed: { node } }: { placed: Placed }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { board, dispatch, words, remove, open } = useDesk();
  const branch = node.kind === 'branch';
  const selected = board.selected === node.id;
  const add = t(branch ? 'flowdesigner.addCase' : 'flowdesigner.addLane');
  return (
    <div className={`fw-pill${branch ? '' : ' fw-lane'}${selected ? ' fw-selected' : ''}`}>
      <button
        type="button"
        className={phone ? '' : 'nopan'}
        data-node={node.id}
        onClick={() => dispatch({ do: 'column', block: node.id, words })}
        onFocus={() => {
          if (!selected) open(node.id);
        }}
      >
        <Icon name="plus" size={14} /> {add}
      </button>
      <button
        type="button"
        className="fw-pill-remove nopan"
        aria-label={t('flowdesigner.removeBlock', { name: node.title })}
        onClick={() => remove(node.id)}
      >
        <Icon name="close" size={12} />
      </button>
    </div>
  );
}
