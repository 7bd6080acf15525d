import { AutoComplete, Checkbox, Input, InputNumber, Segmented, Select } from 'antd';
import { useId } from 'react';
import type { Kinds, Note, Parameter } from './calls';
import { fieldLabel } from './segments';

interface PropertyFieldProps {
  parameter: Parameter;
  value: unknown;
  notes: Note[];
  kinds: Kinds;
  /** Names that a field of type `names` may choose from. */
  names: string[];
  disabled: boolean;
  onChange: (value: unknown) => void;
}

/** One property of a segment, drawn from its declaration. */
export function PropertyField(props: PropertyFieldProps) {
  const { parameter, notes } = props;
  const id = useId();
  return (
    <div className="property">
      <label htmlFor={id}>
        {parameter.label}
        {parameter.required && <span className="property-required"> *</span>}
      </label>
      <Control {...props} id={id} />
      {notes.map((note, index) => (
        <p key={index} className="property-wrong" role="alert">
          {note.message} {note.advice}
        </p>
      ))}
      {parameter.help !== '' && <p className="hint">{parameter.help}</p>}
    </div>
  );
}

const FEW = 5;
/** Characters that fit on one line of the panel. */
const SHORT = 18;

function Control(props: PropertyFieldProps & { id: string }) {
  const { parameter, value, id, disabled, onChange, notes } = props;
  const status = notes.length > 0 ? ('error' as const) : undefined;
  const shared = { id, disabled, ...(status && { status }) };
  switch (parameter.type) {
    case 'integer':
      return (
        <InputNumber
          {...shared}
          mode={(parameter.maximum ?? Infinity) <= 40 ? 'spinner' : 'input'}
          value={typeof value === 'number' ? value : null}
          min={parameter.minimum ?? 0}
          {...(parameter.maximum !== null && { max: parameter.maximum })}
          precision={0}
          onChange={(next) => onChange(next)}
        />
      );
    case 'choice':
      return <ChoiceControl {...props} {...shared} />;
    case 'name':
      return <NameControl {...props} />;
    case 'names':
      return <NamesControl {...props} />;
    case 'text':
      return (
        <Input
          {...shared}
          className="mono"
          value={typeof value === 'string' ? value : ''}
          maxLength={parameter.maximum ?? 40}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

function ChoiceControl({ parameter, value, id, disabled, onChange }: PropertyFieldProps & { id: string }) {
  const choices = parameter.choices.map((choice) => ({
    ...choice,
    short: choice.label.replace(/\s*[（(].*$/, ''),
  }));
  if (choices.length <= FEW && choices.reduce((sum, { short }) => sum + short.length, 0) <= SHORT) {
    const more = /[（(](.*)[）)]$/.exec(choices.find((choice) => choice.value === value)?.label ?? '')?.[1];
    return (
      <>
        <Segmented
          block
          disabled={disabled}
          aria-label={parameter.label}
          value={value as string | number}
          options={choices.map((choice) => ({ value: choice.value, label: choice.short }))}
          onChange={onChange}
        />
        {more !== undefined && <p className="hint">{more}</p>}
      </>
    );
  }
  return (
    <Select
      id={id}
      disabled={disabled}
      value={value}
      options={parameter.choices}
      onChange={onChange}
      showSearch={choices.length > 10 && { optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
    />
  );
}

function NameControl({ value, id, disabled, kinds, onChange }: PropertyFieldProps & { id: string }) {
  const known = (kinds.kinds.find((one) => one.kind === 'field')?.presets ?? []).map((preset) =>
    String(preset.segment['name']),
  );
  return (
    <AutoComplete
      id={id}
      disabled={disabled}
      value={typeof value === 'string' ? value : ''}
      options={known.map((name) => ({ value: name, label: `${fieldLabel(kinds, name)}（${name}）` }))}
      onChange={onChange}
    />
  );
}

function NamesControl({ value, names, kinds, disabled, parameter, onChange }: PropertyFieldProps) {
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const all = [...new Set([...names, 'product', ...chosen])];
  return (
    <Checkbox.Group
      aria-label={parameter.label}
      disabled={disabled}
      value={chosen}
      options={all.map((name) => ({ value: name, label: fieldLabel(kinds, name) }))}
      onChange={onChange}
    />
  );
}
