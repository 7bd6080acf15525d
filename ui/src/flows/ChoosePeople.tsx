import { useTranslation } from 'react-i18next';
import type { TaskChoice } from './api';
import { useMembers } from '../forms/people';
import { PeopleSelect } from './PeopleSelect';

interface ChoosePeopleProps {
  choices: readonly TaskChoice[];
  chosen: Record<string, string[]>;
  onChange: (chosen: Record<string, string[]>) => void;
  /** Whether what is missing is told. */
  tried: boolean;
}

/** Who does later steps, where whoever acts now says so. */
export function ChoosePeople({ choices, chosen, onChange, tried }: ChoosePeopleProps) {
  const { t } = useTranslation();
  const members = useMembers();
  return choices.map((one) => {
    const value = chosen[one.node] ?? [];
    const wrong = tried && value.length === 0;
    const label = t('tasks.people.step', { node: one.title });
    const among = one.among?.map((who) => ({ value: who.code, label: who.name }));
    return (
      <label key={one.node}>
        <span>{label}</span>
        <PeopleSelect
          people={among ?? members}
          label={label}
          value={value}
          wrong={wrong}
          onChange={(next) => onChange({ ...chosen, [one.node]: next })}
        />
        {wrong && <span className="task-fault">{t('tasks.people.must')}</span>}
      </label>
    );
  });
}
