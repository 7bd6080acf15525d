import { Select } from 'antd';
import { Tag } from '../components/Tags';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import { nameOf } from '../forms/NamedSelect';
import { useMembers } from '../forms/people';

export const shape = 'references';

/** Several users of the system (多个成员). */
export function Input({ id, value, onChange, disabled, invalid, describedBy }: InputProps) {
  const named = useMembers();
  return (
    <Select<string[]>
      id={id}
      className="field-wide"
      mode={named === null ? 'tags' : 'multiple'}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={Array.isArray(value) ? (value as string[]) : []}
      disabled={disabled ?? false}
      status={invalid ? 'error' : ''}
      aria-describedby={describedBy}
      options={named ?? []}
      onChange={(next) => onChange(next.length === 0 ? null : next)}
    />
  );
}

export function Show({ value }: ShowProps) {
  const named = useMembers();
  return (
    <span className="field-tags">
      {(Array.isArray(value) ? value : [value]).map((one) => (
        <Tag key={asText(one)}>{nameOf(named, one)}</Tag>
      ))}
    </span>
  );
}
