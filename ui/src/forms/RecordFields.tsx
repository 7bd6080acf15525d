import { useKinds } from './calls';
import { controlOf, isLayout } from './controls';
import { FieldBox } from './FieldBox';
import './fields.css';
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
  const shown = fields.filter(
    (one) => !one.hidden && !(fresh && one.hidden_when_new) && states[one.code] !== 'hidden',
  );
  return (
    <div className="record-fields">
      {shown.map((one) => {
        if (isLayout(one.kind, kinds)) {
          const { Input } = controlOf(one, kinds);
          return (
            <section
              key={one.id}
              className="field-part"
              style={{ '--span': widthOf(one) } as React.CSSProperties}
            >
              <Input field={one} id={`${prefix}-${one.code}`} value={null} onChange={() => undefined} />
              {(one.fields?.length ?? 0) > 0 && <RecordFields {...props} fields={one.fields ?? []} />}
            </section>
          );
        }
        const state = states[one.code];
        return (
          <FieldBox
            key={one.id}
            field={one}
            id={`${prefix}-${one.code}`}
            value={values[one.code] ?? null}
            onChange={(value) => onChange(one.code, value)}
            fault={faults.get(`/${one.code}`)}
            faults={faults}
            {...(state !== undefined && { state })}
          />
        );
      })}
    </div>
  );
}
