import { Checkbox, Select } from 'antd';
import { Tag } from '../components/Tags';
import { choicesOf } from '../forms/choices';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'json';

const IN_SIGHT = 8;

/** Some of several (多选). */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy, dense }: InputProps) {
  const choices = choicesOf(field);
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  const change = (next: string[]) => onChange(next.length === 0 ? null : next);
  if (dense || choices.length > IN_SIGHT) {
    return (
      <Select<string[]>
        id={id}
        className="field-wide"
        mode="multiple"
        allowClear
        value={chosen}
        disabled={disabled ?? false}
        status={invalid ? 'error' : ''}
        aria-describedby={describedBy}
        options={choices.map((one) => ({ value: one, label: one }))}
        onChange={change}
      />
    );
  }
  return (
    <Checkbox.Group
      className={invalid ? 'field-choices field-wrong' : 'field-choices'}
      value={chosen}
      disabled={disabled ?? false}
      aria-label={field.title}
      options={choices}
      onChange={change}
    />
  );
}

export function Show({ value }: ShowProps) {
  const chosen = Array.isArray(value) ? value : [value];
  return (
    <span className="field-tags">
      {chosen.map((one) => (
        <Tag key={asText(one)} tone="ink">
          {asText(one)}
        </Tag>
      ))}
    </span>
  );
}
