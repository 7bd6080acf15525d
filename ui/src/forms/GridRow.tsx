import { Button, Tooltip } from 'antd';
import type { ClipboardEvent } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { FieldInput } from './FieldInput';
import type { LiveState, LiveStates } from './live/live';
import type { FormField, Values } from './model';
import type { rowActions } from './rowActions';

interface GridRowProps {
  /** The code of the sub-table. */
  table: string;
  id: string;
  row: Values;
  at: number;
  columns: readonly FormField[];
  /** The codes of the columns that are there, as one text. */
  seen: string;
  disabled: boolean;
  /** What is wrong, by the codes of the columns, as JSON; empty where nothing is. */
  wrong: string;
  states: LiveStates | undefined;
  onAct: (does: (actions: ReturnType<typeof rowActions>) => void) => void;
  onPaste: (event: ClipboardEvent, row: number, column: number) => void;
  onLeave: ((place: string) => void) | undefined;
}

/** One row of a sub-table at the desk; it is drawn anew only when something of its own differs. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { at, columns, seen, disabled, wrong, states, onAct } = props;
  const { t } = useTranslation();
  const faults = new Map(wrong === '' ? [] : (JSON.parse(wrong) as [string, string][]));
  const there = new Set(seen.split(' '));
  return (
    <tr>
      <td className="row-grid-no">{at + 1}</td>
      {columns.map((one, place) =>
        there.has(one.code) ? (
          <Cell
            {...props}
            key={one.id}
            field={one}
            place={place}
            fault={faults.get(one.code)}
            state={states?.[one.code]}
          />
        ) : null,
      )}
      {!disabled && (
        <td className="row-grid-acts">
          <Tooltip title={t('fields.copyRow')} mouseEnterDelay={0.6}>
            <Button
              type="text"
              size="small"
              aria-label={t('fields.copyRowOf', { row: at + 1 })}
              icon={<Icon name="copy" size={16} />}
              onClick={() => onAct((actions) => actions.copy(at))}
            />
          </Tooltip>
          <Button
            type="text"
            size="small"
            aria-label={t('fields.deleteRowOf', { row: at + 1 })}
            icon={<Icon name="trash" size={16} />}
            onClick={() => onAct((actions) => actions.remove(at))}
          />
        </td>
      )}
    </tr>
  );
});

interface CellProps extends GridRowProps {
  field: FormField;
  place: number;
  fault: string | undefined;
  state: LiveState | undefined;
}

function Cell({ field, place, fault, state, ...row }: CellProps) {
  const { t } = useTranslation();
  const { table, id, at, disabled, onAct, onLeave, onPaste } = row;
  const name = `${id}-${at}-${field.code}-name`;
  const kept = field.read_only === true || state?.locked === true || state?.set === true;
  const must = state?.required === true && field.required !== true;
  return (
    <td
      className={must ? 'row-grid-must' : undefined}
      title={state?.by === undefined ? undefined : t('fields.lockedBy', { rule: state.by })}
      onPasteCapture={(event) => onPaste(event, at, place)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onLeave?.(`/${table}/${at}/${field.code}`);
      }}
    >
      <span className="visually-hidden" id={name}>
        {field.title} {at + 1} {must && t('fields.must')}
      </span>
      {state?.shown === false ? (
        <span className="field-empty" aria-label={t('fields.notThere')}>
          —
        </span>
      ) : (
        <FieldInput
          field={field}
          id={`${id}-${at}-${field.code}`}
          value={row.row[field.code] ?? null}
          disabled={disabled || kept}
          invalid={fault !== undefined}
          describedBy={name}
          dense
          onChange={(value) => onAct((actions) => actions.set(at, field.code, value))}
        />
      )}
      {fault !== undefined && <p className="field-fault">{fault}</p>}
    </td>
  );
}
