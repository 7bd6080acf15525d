import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { FormField } from '../../forms/model';
import { asText } from '../../forms/model';
import type { Comparison, Group } from './asking';
import { asksValue, complete, isGroup } from './asking';

interface FilterChipsProps {
  group: Group;
  fields: readonly FormField[];
  onChange: (group: Group) => void;
}

/** The conditions in force, each to be taken away with a click. */
export function FilterChips({ group, fields, onChange }: FilterChipsProps) {
  const { t } = useTranslation();
  const told = (part: Comparison | Group): string => {
    if (isGroup(part))
      return part.parts
        .filter((one) => isGroup(one) || complete(one))
        .map(told)
        .join(t(`records.filter.${part.join}Word`));
    const title = fields.find((one) => one.code === part.field)?.title ?? part.field;
    const value = typeof part.value === 'boolean' ? t(part.value ? 'yes' : 'no') : asText(part.value);
    return `${title} ${t(`records.filter.${part.is}`)}${asksValue(part.is) ? ` ${value}` : ''}`;
  };
  const parts = group.parts
    .map((part, place) => ({ part, place }))
    .filter(({ part }) => told(part) !== '' && (isGroup(part) || complete(part)));
  if (parts.length === 0) return null;
  return (
    <div className="records-chips">
      {parts.map(({ part, place }, index) => (
        <span key={place} className="row">
          {index > 0 && <span className="hint">{t(`records.filter.${group.join}Word`)}</span>}
          <button
            type="button"
            className="records-chip"
            aria-label={t('records.filter.dropChip', { condition: told(part) })}
            onClick={() => onChange({ ...group, parts: group.parts.filter((_, at) => at !== place) })}
          >
            {told(part)} <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      <Button type="link" size="small" onClick={() => onChange({ join: 'and', parts: [] })}>
        {t('clear')}
      </Button>
    </div>
  );
}
