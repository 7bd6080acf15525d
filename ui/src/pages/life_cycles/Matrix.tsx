import { Button, Popover } from 'antd';
import type { KeyboardEvent } from 'react';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { StateDot } from '../../components/StateDot';
import type { Drawing, Row } from './calls';
import { Cell } from './Cell';
import type { Target } from './drawing';
import { BIRTH, clearRow, fromAny, setAny } from './drawing';
import type { Spot } from './spot';
import { useNames } from './useNames';

interface MatrixProps {
  drawing: Drawing;
  rows: Row[];
  spot: Spot;
  onSpot: (spot: Spot) => void;
  /** Missing when the user may only look. */
  change: ((next: (before: Drawing) => Drawing) => void) | undefined;
  onOpen: (state: string) => void;
  onAddState: () => void;
}

const STAGES = ['make', 'warehouse', 'parts', 'channel', 'service', 'keep'] as const;

/** What may be done in which state, and what it makes of it: operations down, states across. */
export function Matrix(props: MatrixProps) {
  const { drawing, rows, spot, onSpot, change, onOpen, onAddState } = props;
  const { t } = useTranslation();
  const names = useNames(drawing, rows);
  const [menu, setMenu] = useState<string | null>(null);
  return (
    <div className="lc-matrix-scroll" onPointerLeave={() => onSpot({})}>
      <table className="lc-matrix" aria-label={t('life_cycles.matrix')} onKeyDown={walk}>
        <thead>
          <tr>
            <th scope="col" className="lc-corner">
              {t('life_cycles.corner')}
            </th>
            {drawing.states.map((state) => (
              <th key={state.code} scope="col" className={spot.state === state.code ? 'lc-here' : undefined}>
                <button
                  type="button"
                  className="lc-state-head"
                  onClick={() => onOpen(state.code)}
                  onPointerEnter={() => onSpot({ state: state.code })}
                  title={t('life_cycles.openState', { name: names.state(state.code) })}
                >
                  <StateDot state={state.code} look={state} bare name="" />
                  <span>{names.state(state.code)}</span>
                </button>
              </th>
            ))}
            {change !== undefined && (
              <th>
                <Button
                  type="text"
                  icon={<Icon name="plus" size={16} />}
                  onClick={onAddState}
                  aria-label={t('life_cycles.addState')}
                  title={t('life_cycles.addState')}
                />
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {STAGES.map((stage) => (
            <Fragment key={stage}>
              <tr className="lc-stage">
                <th scope="colgroup" colSpan={drawing.states.length + 2}>
                  {t(`life_cycles.stage.${stage}`)}
                </th>
              </tr>
              {rows
                .filter((row) => row.stage === stage)
                .map((row) => (
                  <tr key={row.key} className={spot.operation === row.key ? 'lc-here' : undefined}>
                    <RowHead row={row} name={names.operation(row.key)} {...props} />
                    {drawing.states.map((state) => (
                      <Cell
                        key={state.code}
                        row={row}
                        state={state.code}
                        drawing={drawing}
                        here={spot.state === state.code}
                        say={(to) => sentence(t, names, row.key, state.code, to)}
                        open={menu === `${row.key} ${state.code}`}
                        setOpen={(open) => setMenu(open ? `${row.key} ${state.code}` : null)}
                        change={change}
                        onSpot={onSpot}
                        rows={rows}
                      />
                    ))}
                    {change !== undefined && <td />}
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Say = (key: string, options?: Record<string, unknown>) => string;

function sentence(
  t: Say,
  names: ReturnType<typeof useNames>,
  operation: string,
  from: string,
  to: Target[],
): string {
  const words = { operation: names.operation(operation), from: names.state(from) };
  if (operation === BIRTH)
    return t(to.length > 0 ? 'life_cycles.sayBirth' : 'life_cycles.sayNotBirth', words);
  if (to.length === 0) return t('life_cycles.sayNot', words);
  if (to.length === 1 && (to[0] === null || to[0] === from)) return t('life_cycles.sayStays', words);
  return t('life_cycles.say', { ...words, to: to.map((one) => names.state(one ?? from)).join(' / ') });
}

function RowHead({ row, name, drawing, change, onSpot }: MatrixProps & { row: Row; name: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const any = fromAny(drawing, row.key);
  const act = (next: (before: Drawing) => Drawing) => {
    change?.(next);
    setOpen(false);
  };
  const content = (
    <div className="lc-menu">
      {row.steady && !any && (
        <button type="button" onClick={() => act((one) => setAny(one, row.key))}>
          {t('life_cycles.allowAny')}
        </button>
      )}
      <button type="button" onClick={() => act((one) => clearRow(one, row.key))}>
        {t('life_cycles.clearRow')}
      </button>
    </div>
  );
  const label = (
    <span className="lc-row-name">
      {name}
      {any && <span className="hint">{t('life_cycles.any')}</span>}
    </span>
  );
  const editable = change !== undefined && row.key !== BIRTH;
  return (
    <th scope="row" onPointerEnter={() => onSpot({ operation: row.key })}>
      {editable ? (
        <Popover trigger="click" placement="rightTop" open={open} onOpenChange={setOpen} content={content}>
          <button type="button" className="lc-row-head" onFocus={() => onSpot({ operation: row.key })}>
            {label}
          </button>
        </Popover>
      ) : (
        label
      )}
    </th>
  );
}

/** Arrow keys walk over the cells. */
function walk(event: KeyboardEvent<HTMLTableElement>) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const cell = event.target instanceof HTMLElement ? event.target.closest('td, th') : null;
  const line = cell?.parentElement;
  if (step === undefined || !(cell instanceof HTMLTableCellElement) || !line) return;
  const lines = [...event.currentTarget.querySelectorAll('tbody tr:not(.lc-stage)')];
  const next = lines[lines.indexOf(line) + (step[0] ?? 0)]?.children[cell.cellIndex + (step[1] ?? 0)];
  const button = next?.querySelector('button');
  if (!button) return;
  event.preventDefault();
  button.focus();
}
