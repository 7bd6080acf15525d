import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMembers } from '../forms/people';

interface PeoplePickerProps {
  value: string[];
  onChange: (value: string[]) => void;
  wrong?: boolean;
  autoFocus?: boolean;
  /** Only one: choosing somebody else takes their place. */
  single?: boolean;
}

/** Choose people by name; where they may not be listed, their user names are typed. */
export function PeoplePicker(props: PeoplePickerProps) {
  const { value, onChange, wrong = false, autoFocus = false, single = false } = props;
  const { t } = useTranslation();
  const members = useMembers();
  if (single && members !== null) {
    return (
      <Select<string>
        className="field-wide"
        autoFocus={autoFocus}
        value={value[0] ?? null}
        status={wrong ? 'error' : ''}
        placeholder={t('tasks.people.pick')}
        aria-label={t('tasks.people.who')}
        showSearch={{ optionFilterProp: ['label', 'value'] }}
        options={members}
        onChange={(one) => onChange([one])}
      />
    );
  }
  return (
    <Select<string[]>
      mode={members === null ? 'tags' : 'multiple'}
      className="field-wide"
      autoFocus={autoFocus}
      value={value}
      status={wrong ? 'error' : ''}
      placeholder={t('tasks.people.pick')}
      aria-label={t('tasks.people.who')}
      showSearch={{ optionFilterProp: ['label', 'value'] }}
      options={members ?? []}
      onChange={(next: string[]) => onChange(single ? next.slice(-1) : next)}
    />
  );
}
