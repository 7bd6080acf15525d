import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNamed, useOperations } from '../../../api/operations';
import type { Option } from '../../../formdesigner/declared';
import { say } from '../../../formdesigner/declared';
import { walk as fieldsOf } from '../../../formdesigner/tree';
import type { FlowNode } from '../../../flowdesigner/tree';
import { before } from '../../../flowdesigner/tree';
import type { FormField } from '../../../forms/model';
import { FormulaEditor } from '../../../formulaeditor/FormulaEditor';
import { When } from '../../formdesigner/rules/When';
import '../../formdesigner/designer.css';
import { OptionField } from '../../formdesigner/OptionField';
import { useDesk } from '../desk';
import { Assignments } from './Assignments';
import type { Body } from '../../../flowdesigner/body';
import { BodyTree } from './BodyTree';
import { FilterOption } from './FilterOption';
import { FlowChoice, LabelChoice, RuleChoice } from './choices';
import { People } from './People';
import { Quantities } from './Quantities';
import { Source } from './Source';
import { SourceMap } from './SourceMap';
import { Template } from './Template';
import { Triggers } from './Triggers';
import { objectOf, textOf } from './useOption';

export interface OptionInputProps {
  node: FlowNode;
  option: Option;
  /** All options beside it. */
  values: Record<string, unknown>;
  value: unknown;
  onChange: (value: unknown) => void;
}

const PLAIN = new Set(['text', 'long_text', 'whole', 'number', 'flag', 'choice', 'form', 'url']);

/** One option, entered as its type asks for. */
export function OptionInput(props: OptionInputProps) {
  const { node, option, values, value, onChange } = props;
  const { i18n } = useTranslation();
  const { app, form, formulaFields } = useDesk();
  const label = say(option.title, i18n.language);
  if (option.name === 'flow' && option.type === 'text') {
    return <FlowChoice label={label} value={textOf(value)} onChange={onChange} />;
  }
  if (PLAIN.has(option.type)) {
    return <OptionField option={option} field={undefined} value={value} onChange={onChange} />;
  }
  switch (option.type) {
    case 'people':
      return <People node={node} label={label} value={value} onChange={onChange} />;
    case 'formula': {
      const given = { label, fields: formulaFields, records: { app, form: form.code } };
      // What is called “when” is a condition; the rest comes to a value.
      return ['when', 'before', 'until'].includes(option.name) && option.name !== 'until' ? (
        <When {...given} formula={textOf(value)} drawn={form.fields} onChange={onChange} />
      ) : (
        <FormulaEditor {...given} value={textOf(value)} rows={1} trying onChange={onChange} />
      );
    }
    case 'template':
      return <Template label={label} value={textOf(value)} onChange={onChange} />;
    case 'field':
      return <FieldChoice {...props} label={label} />;
    case 'column':
      return <ColumnChoice {...props} label={label} />;
    case 'texts':
      return option.name === 'fields' ? (
        <FieldsChoice {...props} label={label} />
      ) : (
        <OptionField option={option} field={undefined} value={value} onChange={onChange} />
      );
    case 'operation':
      return <OperationChoice {...props} label={label} />;
    case 'node':
      return <NodeChoice {...props} label={label} />;
    case 'rule':
      return <RuleChoice label={label} value={textOf(value)} onChange={onChange} />;
    case 'label':
      return <LabelChoice label={label} value={textOf(value)} onChange={onChange} />;
    case 'filter':
      return <FilterOption value={value} form={textOf(values['form'])} onChange={onChange} />;
    case 'assignments':
      return (
        <Assignments
          node={node}
          label={label}
          form={textOf(values['form'])}
          path={option.name === 'mapping'}
          value={value}
          onChange={onChange}
        />
      );
    case 'triggers':
      return <Triggers node={node} value={value} onChange={onChange} />;
    case 'value':
      return option.name === 'days' ? <Days {...props} label={label} /> : <ReadOnly value={value} />;
    case 'object':
      return <ObjectInput {...props} label={label} />;
    default:
      return <ReadOnly value={value} />;
  }
}

/** Options that hold several values by names. */
const MAPS = new Set(['fields', 'data', 'values', 'headers']);

/** What is said about goods, places and partners: where it comes from. */
function ObjectInput({ node, option, values, value, onChange, label }: OptionInputProps & { label: string }) {
  if (option.name === 'quantities') {
    return <Quantities node={node} label={label} value={objectOf(value)} onChange={onChange} />;
  }
  if (option.name === 'body') {
    return <BodyTree label={label} value={objectOf(value) as Record<string, Body>} onChange={onChange} />;
  }
  if (MAPS.has(option.name)) {
    const operation = textOf(values['operation']);
    return (
      <SourceMap
        node={node}
        label={label}
        operation={option.name === 'data' ? operation : ''}
        value={objectOf(value)}
        onChange={onChange}
      />
    );
  }
  return <Source node={node} name={option.name} label={label} value={objectOf(value)} onChange={onChange} />;
}

type Labelled = OptionInputProps & { label: string };

interface Chooser {
  label: string;
  value: unknown;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** A choice of one, which can be taken back. */
export function Chooser({ label, value, options, onChange }: Chooser) {
  const chosen = textOf(value);
  const known = chosen === '' || options.some((one) => one.value === chosen);
  return (
    <Select<string>
      size="small"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      {...(chosen !== '' && { value: chosen })}
      status={known ? '' : 'error'}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => onChange(next ?? '')}
    />
  );
}

function FieldChoice({ option, value, label, onChange }: Labelled) {
  const { form, fieldKinds } = useDesk();
  const fit = fieldsOf(form.fields).filter((one) =>
    option.kinds === undefined
      ? fieldKinds.get(one.kind)?.holds !== 'layout'
      : option.kinds.includes(one.kind),
  );
  const options = fit.map((one) => ({ value: one.code, label: one.title }));
  return <Chooser {...{ label, value, options, onChange }} />;
}

function ColumnChoice({ values, value, label, onChange }: Labelled) {
  const { form } = useDesk();
  const table = fieldsOf(form.fields).find((one) => one.code === values['table']);
  const options = fieldsOf(table?.fields ?? []).map((one) => ({ value: one.code, label: one.title }));
  return <Chooser {...{ label, value, options, onChange }} />;
}

function FieldsChoice({ value, label, onChange }: Labelled) {
  const { form, fieldKinds } = useDesk();
  const flat = (fields: readonly FormField[]): FormField[] =>
    fields.flatMap((one) => (fieldKinds.get(one.kind)?.holds === 'layout' ? flat(one.fields ?? []) : [one]));
  return (
    <Select<string[]>
      size="small"
      mode="multiple"
      aria-label={label}
      placeholder={label}
      value={Array.isArray(value) ? value.map(String) : []}
      showSearch={{ optionFilterProp: 'label' }}
      options={flat(form.fields).map((one) => ({ value: one.code, label: one.title }))}
      onChange={onChange}
    />
  );
}

function OperationChoice({ value, label, onChange }: Labelled) {
  const { data = [] } = useOperations();
  const named = useNamed();
  return (
    <Chooser
      {...{ label, value, onChange }}
      options={data.map((one) => ({ value: one.name, label: named(one) }))}
    />
  );
}

function NodeChoice({ node, value, label, onChange }: Labelled) {
  const { board } = useDesk();
  const options = before(board.present, node.id).map((one) => ({ value: one.id, label: one.title }));
  return <Chooser {...{ label, value, options, onChange }} />;
}

/** Days of a week, or of a month. */
function Days({ values, value, label, onChange }: Labelled) {
  const { t } = useTranslation();
  const weekly = values['every'] === 'week';
  const known = Array.from({ length: weekly ? 7 : 31 }, (_, at) => ({
    value: at + 1,
    label: t(weekly ? `flowdesigner.weekday.${at + 1}` : 'flowdesigner.monthday', { day: at + 1 }),
  }));
  return (
    <Select<number[]>
      size="small"
      mode="multiple"
      aria-label={label}
      placeholder={label}
      value={Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : []}
      options={known}
      onChange={(next) => onChange([...next].sort((one, other) => one - other))}
    />
  );
}

/** What this designer does not know how to change is shown, and kept as it is. */
function ReadOnly({ value }: { value: unknown }) {
  const { t } = useTranslation();
  const said =
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return <p className="muted">{t(said ? 'flowdesigner.notSet' : 'flowdesigner.setElsewhere')}</p>;
}
