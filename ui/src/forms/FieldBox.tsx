import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { CameraButton } from '../scan/CameraButton';
import { useKinds } from './calls';
import { shape } from './controls';
import { within } from './faults';
import { FieldInput } from './FieldInput';
import './fields.css';
import type { LiveState } from './live/live';
import type { FieldState, FormField } from './model';
import { widthOf } from './model';
import { isScanned } from './scanning';
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
  /** What rules make of it. */
  live?: LiveState;
  /** The eyes and the keyboard go elsewhere. */
  onLeave?: () => void;
}

/** One field on the page: its title, its control, and below it what is wrong. */
export function FieldBox(props: FieldBoxProps) {
  const { field, id, value, onChange, state, disabled, fault, faults, live, onLeave } = props;
  const { t } = useTranslation();
  const kinds = useKinds();
  const ruled = live?.locked === true || live?.set === true;
  const kept = state !== undefined || field.read_only === true || ruled;
  const required = live?.required ?? field.required;
  const why = state === 'masked' ? t('fields.masked') : ruled ? ruledBy(live, t) : t('fields.readOnly');
  const rows = shape(field, kinds) === 'rows';
  const hint = field.hint !== undefined && field.hint !== '';
  return (
    <div
      className={fault === undefined ? 'field-box' : 'field-box field-box-wrong'}
      style={{ '--span': rows ? 12 : widthOf(field) } as React.CSSProperties}
      data-field={field.code}
      onBlur={(event) => {
        if (onLeave !== undefined && !event.currentTarget.contains(event.relatedTarget)) onLeave();
      }}
    >
      <div className="field-title">
        <label htmlFor={id}>{field.title}</label>
        {required && !kept && (
          <span className="field-must" title={t('fields.must')} aria-hidden="true">
            *
          </span>
        )}
        {kept && (
          <span className="field-kept" title={why}>
            <Icon name={state === 'masked' ? 'hidden' : 'lock'} size={14} />
            {ruled ? <small>{why}</small> : <span className="visually-hidden">{why}</span>}
          </span>
        )}
        {isScanned(field) && !kept && disabled !== true && (
          <span className="field-camera">
            <CameraButton title={field.title} onScan={(raw) => onChange(raw.trim())} />
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

/** Why rules let nobody write a field. */
function ruledBy(live: LiveState, t: (key: string, more?: Record<string, string>) => string): string {
  return live.by === undefined ? t('fields.setByRule') : t('fields.lockedBy', { rule: live.by });
}
