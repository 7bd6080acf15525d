import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMembers } from '../forms/people';

interface PeoplePickerProps {
  value: string[];
  onChange: (value: string[]) => void;
  wrong?: boolean;
  autoFocus?: boolean;
}

/** Choose people by name; where they may not be listed, their user names are typed. */
export function PeoplePicker({ value, onChange, wrong = false, autoFocus = false }: PeoplePickerProps) {
  const { t } = useTranslation();
  const members = useMembers();
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
      onChange={onChange}
    />
  );
}
