import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { useKinds } from './calls';
import { shape } from './controls';
import { within } from './faults';
import { FieldInput } from './FieldInput';
import './fields.css';
import type { FieldState, FormField } from './model';
import { widthOf } from './model';
import { ShowValue } from './ShowValue';

interface FieldBoxProps {
  field: FormField;
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What the reader may do, where they may not simply write. */
  state?: FieldState;
  disabled?: boolean;
  fault?: string | undefined;
  /** Faults within a sub-table, by the whole place of the record. */
  faults?: ReadonlyMap<string, string>;
}

/** One field on the page: its title, its control, and below it what is wrong. */
export function FieldBox({ field, id, value, onChange, state, disabled, fault, faults }: FieldBoxProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const kept = state !== undefined || field.read_only === true;
  const rows = shape(field, kinds) === 'rows';
  const hint = field.hint !== undefined && field.hint !== '';
  return (
    <div
      className={fault === undefined ? 'field-box' : 'field-box field-box-wrong'}
      style={{ '--span': rows ? 12 : widthOf(field) } as React.CSSProperties}
      data-field={field.code}
    >
      <div className="field-title">
        <label htmlFor={id}>{field.title}</label>
        {field.required && !kept && (
          <span className="field-must" title={t('fields.must')} aria-hidden="true">
            *
          </span>
        )}
        {kept && (
          <span className="field-kept" title={t(state === 'masked' ? 'fields.masked' : 'fields.readOnly')}>
            <Icon name={state === 'masked' ? 'hidden' : 'lock'} size={14} />
            <span className="visually-hidden">
              {t(state === 'masked' ? 'fields.masked' : 'fields.readOnly')}
            </span>
          </span>
        )}
      </div>
      {state === 'masked' ? (
        <div className="field-masked" id={id}>
          <ShowValue field={field} value={value} />
        </div>
      ) : (
        <FieldInput
          field={field}
          id={id}
          value={value}
          onChange={onChange}
          disabled={disabled === true || kept}
          invalid={fault !== undefined}
          describedBy={`${id}-said`}
          {...(faults && { faults: within(faults, `/${field.code}`) })}
        />
      )}
      <div id={`${id}-said`}>
        {fault !== undefined && (
          <p className="field-fault">
            <Icon name="warning" size={14} /> {fault}
          </p>
        )}
        {hint && <p className="hint">{field.hint}</p>}
      </div>
    </div>
  );
}
