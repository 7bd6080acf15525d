import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { StateDot } from '../../components/StateDot';
import type { Drawing, Row, State } from './calls';
import type { Arrow } from './drawing';
import { compare, sizeOf } from './drawing';
import type { Names } from './useNames';
import { useNames } from './useNames';

/** What changed from one drawing to another, in words: + more, − less, ~ otherwise. */
export function DifferenceList({ older, newer, rows }: { older: Drawing; newer: Drawing; rows: Row[] }) {
  const { t } = useTranslation();
  const found = compare(older, newer);
  const oldNames = useNames(older, rows);
  const names = useNames(newer, rows);
  if (sizeOf(found) === 0) return <EmptyState icon="check" title={t('life_cycles.noDifference')} />;
  const states = (sign: string, list: State[], of: Names) =>
    list.map((state) => (
      <Line key={state.code} sign={sign}>
        {t('state_')} <StateDot state={state.code} look={state} name={of.state(state.code)} />
      </Line>
    ));
  const arrows = (sign: string, list: Arrow[], of: Names) =>
    [...grouped(list)].map(([key, [first, from]]) => (
      <Line key={key} sign={sign}>
        <b>{of.operation(first.operation)}</b>
        <span>
          {first.operation === 'commission'
            ? ''
            : from.map((one) => (one === '*' ? t('life_cycles.any') : of.state(one))).join('、')}
          {' → '}
          {first.to === null ? t('life_cycles.stays') : of.state(first.to)}
        </span>
      </Line>
    ));
  return (
    <ul className="lc-difference">
      {states('+', found.statesAdded, names)}
      {states('−', found.statesRemoved, oldNames)}
      {states('~', found.statesChanged, names)}
      {arrows('+', found.arrowsAdded, names)}
      {arrows('−', found.arrowsRemoved, oldNames)}
    </ul>
  );
}

function Line({ sign, children }: { sign: string; children: React.ReactNode }) {
  return (
    <li className={sign === '+' ? 'lc-plus' : sign === '−' ? 'lc-minus' : 'lc-other'}>
      <span className="lc-sign mono">{sign}</span>
      {children}
    </li>
  );
}

/** Arrows of one operation to one state stand on one line. */
function grouped(arrows: Arrow[]): Map<string, [Arrow, string[]]> {
  const found = new Map<string, [Arrow, string[]]>();
  for (const arrow of arrows) {
    const key = `${arrow.operation} ${arrow.to ?? ''}`;
    const [first, from] = found.get(key) ?? [arrow, []];
    found.set(key, [first, [...from, arrow.from]]);
  }
  return found;
}
