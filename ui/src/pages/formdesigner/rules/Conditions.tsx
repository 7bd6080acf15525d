import { Button, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { Condition, Group, Operator } from '../../../formdesigner/rules';
import { compares, operatorsOf } from '../../../formdesigner/rules';
import { walk } from '../../../formdesigner/tree';
import type { EditorField } from '../../../formulaeditor/fields';
import { choicesOf } from '../../../forms/choices';
import { FieldInput } from '../../../forms/FieldInput';
import type { FormField } from '../../../forms/model';
import { asText } from '../../../forms/model';

interface ConditionsProps {
  group: Group;
  fields: readonly EditorField[];
  /** The form that the fields stand on: what they are compared with is entered as they are. */
  drawn: readonly FormField[];
  onChange: (group: Group) => void;
  /** A group within another. */
  inner?: boolean;
}

export const BLANK: Condition = { field: '', operator: 'eq', value: '' };

/** Conditions that are put together: all of them, or any; and groups of them within. */
export function Conditions({ group, fields, drawn, onChange, inner = false }: ConditionsProps) {
  const { t } = useTranslation();
  const put = (at: number, next: (Condition | Group)[]) =>
    onChange({ ...group, parts: [...group.parts.slice(0, at), ...next, ...group.parts.slice(at + 1)] });
  return (
    <div
      className={inner ? 'fr-group fr-inner' : 'fr-group'}
      role="group"
      aria-label={t('formRules.conditions')}
    >
      {group.parts.length > 1 && (
        <Segmented<string>
          size="small"
          aria-label={t('formRules.joined')}
          value={group.all ? 'all' : 'any'}
          options={[
            { value: 'all', label: t('formRules.all') },
            { value: 'any', label: t('formRules.any') },
          ]}
          onChange={(next) => onChange({ ...group, all: next === 'all' })}
        />
      )}
      {group.parts.map((part, at) =>
        'parts' in part ? (
          <Conditions
            key={at}
            group={part}
            fields={fields}
            drawn={drawn}
            onChange={(next) => put(at, next.parts.length === 0 ? [] : [next])}
            inner
          />
        ) : (
          <OneCondition
            key={at}
            condition={part}
            fields={fields}
            drawn={drawn}
            onChange={(next) => put(at, [next])}
            {...((inner || group.parts.length > 1) && { onRemove: () => put(at, []) })}
          />
        ),
      )}
      <div className="fr-more">
        <Button
          type="link"
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => onChange({ ...group, parts: [...group.parts, BLANK] })}
        >
          {t('formRules.addCondition')}
        </Button>
        {!inner && (
          <Button
            type="link"
            size="small"
            icon={<Icon name="plus" size={14} />}
            onClick={() =>
              onChange({ ...group, parts: [...group.parts, { all: !group.all, parts: [BLANK, BLANK] }] })
            }
          >
            {t('formRules.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface OneConditionProps {
  condition: Condition;
  fields: readonly EditorField[];
  drawn: readonly FormField[];
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
}

function OneCondition({ condition, fields, drawn, onChange, onRemove }: OneConditionProps) {
  const { t } = useTranslation();
  const { field, operator } = condition;
  const shape = fields.find((one) => one.code === field)?.shape ?? '';
  // A list over the rows of a sub-table has no value of its own to compare with.
  const asked = fields.filter((one) => !(one.shape === 'list' && one.of !== undefined));
  return (
    <div className="fr-condition">
      <Select<string>
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('formRules.field')}
        placeholder={t('formRules.field')}
        {...(field !== '' && { value: field })}
        status={field !== '' && shape === '' ? 'error' : ''}
        options={asked.map((one) => ({ value: one.code, label: one.title }))}
        popupMatchSelectWidth={false}
        onChange={(code) => {
          const operators = operatorsOf(fields.find((one) => one.code === code)?.shape ?? '');
          const keeps =
            operators.includes(operator) && shape === fields.find((one) => one.code === code)?.shape;
          onChange({ field: code, operator: keeps ? operator : (operators[0] ?? 'eq'), value: '' });
        }}
      />
      <Select<Operator>
        aria-label={t('formRules.how')}
        value={operator}
        options={operatorsOf(shape).map((one) => ({ value: one, label: t(`formRules.operator.${one}`) }))}
        popupMatchSelectWidth={false}
        onChange={(next) =>
          onChange({ ...condition, operator: next, value: next === 'in' ? [] : fitting(condition.value) })
        }
      />
      {compares(operator) ? (
        <Value
          condition={condition}
          shape={shape}
          drawn={drawn}
          onChange={(value) => onChange({ ...condition, value })}
        />
      ) : (
        <span className="grow" />
      )}
      {onRemove !== undefined && (
        <Button
          type="text"
          size="small"
          aria-label={t('formRules.removeCondition')}
          icon={<Icon name="close" size={14} />}
          onClick={onRemove}
        />
      )}
    </div>
  );
}

const fitting = (value: string | string[]) => (Array.isArray(value) ? (value[0] ?? '') : value);

interface ValueProps {
  condition: Condition;
  shape: string;
  drawn: readonly FormField[];
  onChange: (value: string | string[]) => void;
}

const TYPED = new Set(['number', 'date', 'reference']);

/** What a field is compared with, entered as the field itself is. */
function Value({ condition, shape, drawn, onChange }: ValueProps) {
  const { t } = useTranslation();
  const { field: code, operator, value } = condition;
  const field = walk(drawn).find((one) => one.code === code);
  const choices = field === undefined ? [] : choicesOf(field);
  const label = t('formRules.value');
  if (operator === 'in') {
    return (
      <Select<string[]>
        mode={choices.length > 0 ? 'multiple' : 'tags'}
        aria-label={label}
        placeholder={label}
        value={Array.isArray(value) ? value : []}
        tokenSeparators={[',', '，', '、']}
        options={choices.map((one) => ({ value: one, label: one }))}
        onChange={onChange}
      />
    );
  }
  const text = fitting(value);
  if (choices.length > 0 && operator !== 'has' && operator !== 'lacks') {
    return (
      <Select<string>
        aria-label={label}
        placeholder={label}
        {...(text !== '' && { value: text })}
        options={choices.map((one) => ({ value: one, label: one }))}
        onChange={onChange}
      />
    );
  }
  if (choices.length > 0 && shape === 'list') {
    return (
      <Select<string>
        aria-label={label}
        placeholder={label}
        {...(text !== '' && { value: text })}
        options={choices.map((one) => ({ value: one, label: one }))}
        onChange={onChange}
      />
    );
  }
  const known =
    field !== undefined && TYPED.has(shape) && field.kind !== 'formula' && field.kind !== 'rollup';
  if (known && operator !== 'has' && operator !== 'lacks') {
    return (
      <span className="fr-value" aria-label={label} role="group">
        <FieldInput
          field={{ ...field, required: false }}
          id={`rule-value-${field.id}`}
          value={text === '' ? null : text}
          dense
          onChange={(next) => onChange(asText(next))}
        />
      </span>
    );
  }
  return (
    <Input
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
