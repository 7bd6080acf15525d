import { Input, Segmented, Select, Switch, Tooltip } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { Icon } from '../../components/Icon';
import type { Property } from '../../labels/declared';
import { valueOf } from '../../labels/declared';
import { dot } from '../../labels/geometry';
import type { LabelElement } from '../../labels/template';
import { useDesk } from './desk';
import { ImageField } from './ImageField';
import { NumberField } from './NumberField';
import { TableField } from './TableField';
import { ValueField } from './ValueField';

interface PropertyFieldProps {
  property: Property;
  chosen: LabelElement[];
}

/** One property of all that is selected, drawn from its declaration. */
export function PropertyField({ property, chosen }: PropertyFieldProps) {
  const { dispatch, may, board, problem } = useDesk();
  const id = useId();
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const wrong = only && fault(problem, board.present.elements.indexOf(only), property.name);
  const values = chosen.map((one) => valueOf(one, property));
  const same = values.every((value) => JSON.stringify(value) === JSON.stringify(values[0]));
  const ids = chosen.filter((one) => !one.locked).map((one) => one.id);
  const control: ControlProps = {
    id,
    property,
    value: same ? values[0] : undefined,
    disabled: !may || ids.length === 0,
    onChange: (value) =>
      dispatch({
        do: 'set',
        ids,
        values: { [property.name]: value },
        step: `set ${property.name} ${ids.join()}`,
      }),
  };
  const tall = TALL.has(property.type);
  return (
    <div className={tall ? 'ld-property ld-property-tall' : 'ld-property'}>
      <label className="ld-label" htmlFor={id}>
        {property.label}
        {property.hint !== '' && (
          <Tooltip title={property.hint}>
            <span className="ld-hint-mark" aria-label={property.hint}>
              <Icon name="info" size={13} />
            </span>
          </Tooltip>
        )}
      </label>
      <Control {...control} />
      {wrong !== undefined && (
        <p className="ld-property-wrong" role="alert">
          {wrong.message}
        </p>
      )}
    </div>
  );
}

/** What the server says of one property of an element; its pointer ends in the element's place and the name. */
function fault(problem: Problem | null, index: number, name: string) {
  const ends = `/elements/${index}/${name}`;
  return problem?.errors?.find((error) => error.pointer?.endsWith(ends) === true);
}

const TALL = new Set(['text', 'formula', 'rows', 'columns', 'image']);

interface ControlProps {
  id: string;
  property: Property;
  /** Undefined where the selected elements differ. */
  value: unknown;
  disabled: boolean;
  onChange: (value: unknown) => void;
}

function Control(props: ControlProps) {
  const { id, property, value, disabled, onChange } = props;
  switch (property.type) {
    case 'text':
    case 'formula':
      return <ValueField {...props} value={typeof value === 'string' ? value : ''} />;
    case 'number':
    case 'integer':
      return property.name === 'module_mm' ? <ModuleField {...props} /> : <Numeric {...props} />;
    case 'boolean':
      return <Switch id={id} size="small" checked={value === true} disabled={disabled} onChange={onChange} />;
    case 'choice':
      return <Choices {...props} />;
    case 'carrier':
      return <Carriers {...props} />;
    case 'field':
      return <FieldChoice {...props} />;
    case 'image':
      return (
        <ImageField value={typeof value === 'string' ? value : ''} disabled={disabled} onChange={onChange} />
      );
    case 'rows':
    case 'columns':
      return <TableField property={property} value={value} disabled={disabled} onChange={onChange} />;
    case 'plain':
      return (
        <Input
          id={id}
          size="small"
          value={typeof value === 'string' ? value : ''}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

function Numeric({ property, value, disabled, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { dpi } = useDesk();
  const words = NOUGHT[property.name];
  const meant = words === undefined ? undefined : t(words);
  const whole = property.type === 'integer';
  const step = whole
    ? 1
    : property.unit === 'mm'
      ? dot(dpi)
      : property.unit === 'pt'
        ? 0.5
        : property.unit === '%'
          ? 5
          : 0.1;
  return (
    <NumberField
      label={property.label}
      value={typeof value === 'number' && !(value === 0 && meant !== undefined) ? value : null}
      step={step}
      empty={meant}
      whole={whole}
      min={property.least}
      max={property.most}
      unit={property.unit}
      disabled={disabled}
      onChange={(next) => onChange(next ?? 0)}
    />
  );
}

/** Numbers of which nothing means something. */
const NOUGHT: Record<string, string> = { quiet_mm: 'labels.byStandard', columns: 'labels.automatic' };

const MOST_DOTS = 4;

/** The narrow bar in whole dots, as the print head makes it. */
function ModuleField({ property, value, disabled, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { dpi } = useDesk();
  const width = dot(dpi);
  const dots = typeof value === 'number' ? Math.round(value / width) : 0;
  const counts = Array.from({ length: Math.max(MOST_DOTS, dots) + 1 }, (_, count) => count);
  return (
    <>
      <Segmented<number>
        size="small"
        aria-label={property.label}
        disabled={disabled}
        {...(typeof value === 'number' && { value: value === 0 ? 0 : Math.max(1, dots) })}
        options={counts.map((count) => ({
          value: count,
          label: count === 0 ? t('labels.automatic') : count,
        }))}
        onChange={(count) => onChange(Math.round(count * width * 10_000) / 10_000)}
      />
      <span className="hint">
        {typeof value === 'number' && value > 0
          ? `${Math.round(Math.max(1, dots) * width * 1000) / 1000} mm`
          : t('labels.dotsUnit')}
      </span>
    </>
  );
}

const FEW = 4;
/** Characters that fit on one line of the panel. */
const SHORT = 14;

function Choices({ id, property, value, disabled, onChange }: ControlProps) {
  const { choices } = property;
  const short = choices.length <= FEW && choices.reduce((sum, { label }) => sum + label.length, 0) <= SHORT;
  // Nothing chosen where the selected elements differ.
  const chosen = typeof value === 'string' ? { value } : {};
  if (short) {
    return (
      <Segmented<string>
        size="small"
        aria-label={property.label}
        disabled={disabled}
        {...chosen}
        options={choices}
        onChange={onChange}
      />
    );
  }
  return (
    <Select<string>
      id={id}
      size="small"
      disabled={disabled}
      {...chosen}
      options={choices}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  );
}

function Carriers({ id, value, disabled, onChange }: ControlProps) {
  const { kinds } = useDesk();
  return (
    <Select<string>
      id={id}
      size="small"
      disabled={disabled}
      {...(typeof value === 'string' && { value })}
      options={kinds.carriers.map((one) => ({ value: one.name, label: one.label }))}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  );
}

function FieldChoice({ id, property, value, disabled, onChange }: ControlProps) {
  const { t } = useTranslation();
  const { fields } = useDesk();
  const now = property.name === 'source' ? [{ value: 'now', label: t('labels.now') }] : [];
  return (
    <Select<string>
      id={id}
      size="small"
      disabled={disabled}
      showSearch={{ optionFilterProp: 'label' }}
      {...(typeof value === 'string' && { value })}
      options={[...now, ...fields.map((field) => ({ value: field.name, label: field.label }))]}
      onChange={onChange}
      popupMatchSelectWidth={false}
    />
  );
}
