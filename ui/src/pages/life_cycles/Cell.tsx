import { Popover } from 'antd';
import { StateDot } from '../../components/StateDot';
import type { Drawing, Row } from './calls';
import type { Target } from './drawing';
import { BIRTH, birthOf, setBirth, setTargets, targets, usualTarget } from './drawing';
import type { Spot } from './spot';
import { TargetMenu } from './TargetMenu';

interface CellProps {
  row: Row;
  rows: Row[];
  state: string;
  drawing: Drawing;
  here: boolean;
  say: (to: Target[]) => string;
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Missing when the user may only look. */
  change: ((next: (before: Drawing) => Drawing) => void) | undefined;
  onSpot: (spot: Spot) => void;
}

/** Where an operation and a state cross: may it start here, and where does it lead? */
export function Cell({ row, rows, state, drawing, here, say, open, setOpen, change, onSpot }: CellProps) {
  const birth = row.key === BIRTH;
  const to = birth ? (birthOf(drawing) === state ? [state] : []) : targets(drawing, row.key, state);
  const words = say(to);
  const look = () => onSpot({ operation: row.key, state });
  const press = () => {
    if (change === undefined) return;
    if (birth) {
      change((one) => setBirth(one, state));
      return;
    }
    const usual = usualTarget(drawing, row);
    if (to.length === 0 && usual !== undefined) change((one) => setTargets(one, row.key, state, [usual]));
    else setOpen(true);
  };
  const button = (
    <button
      type="button"
      className={to.length > 0 ? 'lc-cell lc-cell-set' : 'lc-cell'}
      onClick={press}
      onFocus={look}
      disabled={change === undefined}
      aria-label={words}
      title={words}
    >
      {to.map((target) => (
        <Mark key={target ?? ''} target={target} from={birth ? '' : state} drawing={drawing} />
      ))}
    </button>
  );
  return (
    <td className={here ? 'lc-here' : undefined} onPointerEnter={look}>
      {open && change !== undefined ? (
        <Popover
          open
          trigger="click"
          placement="bottom"
          onOpenChange={setOpen}
          content={
            <TargetMenu
              row={row}
              rows={rows}
              drawing={drawing}
              from={state}
              to={to}
              onChange={(next) => change((one) => setTargets(one, row.key, state, next))}
              onClose={() => setOpen(false)}
            />
          }
        >
          {button}
        </Popover>
      ) : (
        button
      )}
    </td>
  );
}

function Mark({ target, from, drawing }: { target: Target; from: string; drawing: Drawing }) {
  if (target === null || target === from) return <span className="lc-stays" aria-hidden="true" />;
  const state = drawing.states.find((one) => one.code === target);
  return <StateDot state={target} {...(state && { look: state })} bare name="" />;
}
