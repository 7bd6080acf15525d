import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateDot } from '../../components/StateDot';
import type { Drawing, Row } from './calls';
import type { Target } from './drawing';
import { useNames } from './useNames';

interface TargetMenuProps {
  row: Row;
  rows: Row[];
  drawing: Drawing;
  from: string;
  to: Target[];
  onChange: (to: Target[]) => void;
  onClose: () => void;
}

/** Where one operation leads from one state. Where its doer may choose, several can be ticked. */
export function TargetMenu({ row, rows, drawing, from, to, onChange, onClose }: TargetMenuProps) {
  const { t } = useTranslation();
  const names = useNames(drawing, rows);
  const pick = (target: Target) => {
    if (row.choice) {
      onChange(to.includes(target) ? to.filter((one) => one !== target) : [...to, target]);
      return;
    }
    onChange([target]);
    onClose();
  };
  const options: Target[] = row.steady ? [null] : [null, ...drawing.states.map((state) => state.code)];
  return (
    <div className="lc-menu" role="group" aria-label={t('life_cycles.leadsTo')}>
      <p className="hint">
        {names.operation(row.key)} · {names.state(from)} →{row.choice && ` ${t('life_cycles.several')}`}
      </p>
      <button
        type="button"
        onClick={() => {
          onChange([]);
          onClose();
        }}
      >
        <span className="lc-forbid" aria-hidden="true" /> {t('life_cycles.forbid')}
      </button>
      {options.map((target) => {
        const state = drawing.states.find((one) => one.code === target);
        const on = to.includes(target);
        return (
          <button
            key={target ?? ''}
            type="button"
            className={on ? 'lc-menu-on' : undefined}
            aria-pressed={on}
            onClick={() => pick(target)}
          >
            {row.choice && <Checkbox checked={on} tabIndex={-1} />}
            {state === undefined ? (
              <>
                <span className="lc-stays" aria-hidden="true" /> {t('life_cycles.stays')}
              </>
            ) : (
              <StateDot state={state.code} look={state} name={names.state(state.code)} />
            )}
          </button>
        );
      })}
    </div>
  );
}
