import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TaskChoice } from './api';
import { PeoplePicker } from './PeoplePicker';

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
  return choices.map((one) => {
    const value = chosen[one.node] ?? [];
    const wrong = tried && value.length === 0;
    const put = (next: string[]) => onChange({ ...chosen, [one.node]: next });
    return (
      <label key={one.node}>
        <span>{t('tasks.people.step', { node: one.title })}</span>
        {one.among === null ? (
          <PeoplePicker value={value} onChange={put} wrong={wrong} />
        ) : (
          <Select<string[]>
            mode="multiple"
            className="field-wide"
            value={value}
            status={wrong ? 'error' : ''}
            aria-label={t('tasks.people.step', { node: one.title })}
            showSearch={{ optionFilterProp: ['label', 'value'] }}
            options={one.among.map((who) => ({ value: who.code, label: who.name }))}
            onChange={put}
          />
        )}
        {wrong && <span className="task-fault">{t('tasks.people.must')}</span>}
      </label>
    );
  });
}
