import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../../components/useIsPhone';
import type { Placed } from '../../flowdesigner/layout';
import { CardMenu } from './CardMenu';
import { useDesk } from './desk';
import { Says } from './Says';
import { textOf } from './settings/useOption';
import { passedBy } from './trial';

/** The head of one way: of a branch with its condition and its turn, of a parallel block with its name. */
export function Column({ placed: { node, place } }: { placed: Placed }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { board, dispatch, faults, open, tried, moving } = useDesk();
  const lane = node.kind === 'lane';
  const last = place?.at === (place?.of ?? 0) - 1;
  const fault = faults.find((one) => one.node === node.id && one.hard);
  const turn = lane
    ? t('flowdesigner.together')
    : last
      ? t('flowdesigner.default')
      : t('flowdesigner.turn', { number: (place?.at ?? 0) + 1 });
  const selected = board.selected === node.id;
  const classes = [
    'fw-column',
    lane && 'fw-lane',
    selected && 'fw-selected',
    fault !== undefined && 'fw-incomplete',
    tried !== null && (passedBy(tried, board.present, node.id) ? 'fw-was' : 'fw-was-not'),
  ];
  return (
    <div className={classes.filter(Boolean).join(' ')}>
      <button
        type="button"
        className={phone ? 'fw-column-main' : 'fw-column-main nopan'}
        data-node={node.id}
        aria-pressed={selected}
        aria-describedby={`says-${node.id}`}
        aria-label={t('flowdesigner.wayNamed', { name: node.title, turn })}
        onClick={() => open(node.id)}
        onFocus={() => {
          if (!selected && moving === null) dispatch({ do: 'select', id: node.id });
        }}
      >
        <span className="fw-column-head">
          <b>{node.title}</b>
          <span>{turn}</span>
        </span>
        <span className={fault === undefined ? 'fw-line' : 'fw-line fw-red'} id={`says-${node.id}`}>
          {fault?.message ?? (lane ? <LaneWords /> : <Says when={textOf(node.options['when'])} />)}
        </span>
      </button>
      <CardMenu node={node} />
    </div>
  );
}

function LaneWords() {
  const { t } = useTranslation();
  return <>{t('flowdesigner.laneHow')}</>;
}
