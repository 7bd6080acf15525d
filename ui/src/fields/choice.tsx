import { Radio, Select } from 'antd';
import { Tag } from '../components/Tags';
import { choicesOf } from '../forms/choices';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

const IN_SIGHT = 5;

/** One of several (单选): a few all in sight, more in a list. */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy, dense }: InputProps) {
  const choices = choicesOf(field);
  if (dense || choices.length > IN_SIGHT) {
    return (
      <Select<string>
        id={id}
        className="field-wide"
        allowClear
        showSearch
        value={typeof value === 'string' ? value : undefined}
        disabled={disabled ?? false}
        status={invalid ? 'error' : ''}
        aria-describedby={describedBy}
        popupMatchSelectWidth={false}
        options={choices.map((one) => ({ value: one, label: one }))}
        onChange={(next: string | undefined) => onChange(next ?? null)}
      />
    );
  }
  return (
    <Radio.Group
      id={id}
      className={invalid ? 'field-choices field-wrong' : 'field-choices'}
      value={value}
      disabled={disabled ?? false}
      aria-label={field.title}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      {choices.map((one) => (
        <Radio
          key={one}
          value={one}
          // What was chosen by mistake goes away with another click, unless something must be chosen.
          onClick={() => {
            if (value === one && !field.required) onChange(null);
          }}
        >
          {one}
        </Radio>
      ))}
    </Radio.Group>
  );
}

export function Show({ value }: ShowProps) {
  return <Tag tone="ink">{asText(value)}</Tag>;
}
