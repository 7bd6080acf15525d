import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface PeopleSelectProps {
  /** Among whom, by user name; null: user names are typed. */
  people: { value: string; label: string }[] | null;
  value: string[];
  onChange: (value: string[]) => void;
  label?: string;
  wrong?: boolean;
  autoFocus?: boolean;
  /** Only one: choosing somebody else takes their place. */
  single?: boolean;
}

/** Choose people of a list. It closes after each choice: what stands below it is usually pressed next. */
export function PeopleSelect(props: PeopleSelectProps) {
  const { people, value, onChange, label, wrong = false, autoFocus = false, single = false } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Select<string[]>
      mode={people === null ? 'tags' : 'multiple'}
      className="field-wide"
      autoFocus={autoFocus}
      open={open}
      onOpenChange={setOpen}
      value={value}
      status={wrong ? 'error' : ''}
      placeholder={t('tasks.people.pick')}
      aria-label={label ?? t('tasks.people.who')}
      showSearch={{ optionFilterProp: ['label', 'value'] }}
      options={people ?? []}
      onChange={(next: string[]) => {
        onChange(single ? next.slice(-1) : next);
        setOpen(false);
      }}
    />
  );
}
