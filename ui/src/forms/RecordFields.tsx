import { memo, useCallback, useEffect, useRef } from 'react';
import { useKinds } from './calls';
import { controlOf, isLayout, shape } from './controls';
import { FieldBox } from './FieldBox';
import './fields.css';
import { useLiveEntry } from './LiveEntry';
import type { LiveState } from './live/live';
import type { FieldState, FormField, Values } from './model';
import { widthOf } from './model';

interface RecordFieldsProps {
  fields: readonly FormField[];
  values: Values;
  onChange: (code: string, value: unknown) => void;
  faults: ReadonlyMap<string, string>;
  states?: Partial<Record<string, FieldState>>;
  /** A record that is not there yet. */
  fresh?: boolean;
  /** What the ids of the controls begin with. */
  prefix: string;
}

/** The fields of a form to fill in, on a page of twelve columns; one column on a phone. */
export function RecordFields(props: RecordFieldsProps) {
  const { fields, values, onChange, faults, states = {}, fresh = false, prefix } = props;
  const kinds = useKinds();
  const live = useLiveEntry();
  const own = live?.worked.own;
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  // One function for all of them, so that a field is drawn anew only when something of its own differs.
  const change = useCallback((code: string, value: unknown) => latest.current(code, value), []);
  const there = (one: FormField): boolean => {
    if (one.hidden || (fresh && one.hidden_when_new) || states[one.code] === 'hidden') return false;
    if (!isLayout(one.kind, kinds)) return own?.[one.code]?.shown !== false;
    // A part of the page goes with all that stands in it.
    const inner = one.fields ?? [];
    return inner.length === 0 || own === undefined || inner.some(there);
  };
  return (
    <div className="record-fields">
      {fields.filter(there).map((one) => {
        if (isLayout(one.kind, kinds)) {
          const { Input } = controlOf(one, kinds);
          return (
            <section
              key={one.id}
              className="field-part"
              style={{ '--span': widthOf(one) } as React.CSSProperties}
            >
              <Input
                field={one}
                id={`${prefix}-${one.code}`}
                value={null}
                onChange={() => undefined}
                faults={faults}
                within={(inner) => <RecordFields {...props} fields={inner} />}
              />
            </section>
          );
        }
        return (
          <Slot
            key={one.id}
            field={one}
            id={`${prefix}-${one.code}`}
            value={values[one.code] ?? null}
            fault={faults.get(`/${one.code}`)}
            // Only a sub-table looks at what is wrong within.
            faults={shape(one, kinds) === 'rows' ? faults : undefined}
            state={states[one.code]}
            live={own?.[one.code]}
            onChange={change}
            onLeave={live?.leave}
          />
        );
      })}
    </div>
  );
}

interface SlotProps {
  field: FormField;
  id: string;
  value: unknown;
  fault: string | undefined;
  faults: ReadonlyMap<string, string> | undefined;
  state: FieldState | undefined;
  live: LiveState | undefined;
  onChange: (code: string, value: unknown) => void;
  onLeave: ((place: string) => void) | undefined;
}

const Slot = memo(function Slot({ field, faults, state, live, onChange, onLeave, ...rest }: SlotProps) {
  return (
    <FieldBox
      {...rest}
      field={field}
      onChange={(value) => onChange(field.code, value)}
      {...(faults && { faults })}
      {...(state && { state })}
      {...(live && { live })}
      {...(onLeave && { onLeave: () => onLeave(`/${field.code}`) })}
    />
  );
});
