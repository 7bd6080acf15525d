import { Button, Popover, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useKinds } from '../../forms/calls';
import { askedShape } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import type { GroupBy } from './views/model';
import { canGroup, DATE_UNITS, hasUnit } from './views/model';

interface GroupButtonProps {
  group: readonly GroupBy[];
  fields: readonly FormField[];
  folded: boolean;
  onChange: (group: GroupBy[]) => void;
  onFold: (folded: boolean) => void;
}

/** By what the list is grouped, up to two levels. */
export function GroupButton({ group, fields, folded, onChange, onFold }: GroupButtonProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const shapeOf = (code: string) => {
    const field = fields.find((one) => one.code === code);
    return field === undefined ? 'text' : askedShape(field, kinds);
  };
  const possible = fields.filter((one) => canGroup(askedShape(one, kinds)));
  const put = (place: number, next: GroupBy | null) =>
    onChange(
      next === null
        ? group.filter((_, at) => at !== place)
        : group.map((one, at) => (at === place ? next : one)),
    );
  const begin = (field: string): GroupBy => ({
    field,
    by: hasUnit(shapeOf(field)) ? 'month' : null,
    down: false,
  });
  const choices = (own?: string) =>
    possible
      .filter((one) => one.code === own || !group.some((level) => level.field === one.code))
      .map((one) => ({ value: one.code, label: one.title }));
  const first = fields.find((one) => one.code === group[0]?.field);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="group-builder">
          {group.map((level, place) => (
            <div className="group-line" key={place}>
              <Select<string>
                aria-label={t('records.group.level', { level: place + 1 })}
                showSearch={{ optionFilterProp: 'label' }}
                value={level.field}
                options={choices(level.field)}
                onChange={(field) => put(place, begin(field))}
              />
              {hasUnit(shapeOf(level.field)) && (
                <Select<string>
                  aria-label={t('records.group.unit')}
                  value={level.by ?? 'day'}
                  options={DATE_UNITS.map((value) => ({ value, label: t(`records.group.${value}`) }))}
                  onChange={(by) => put(place, { ...level, by })}
                />
              )}
              <Button
                aria-label={t(level.down ? 'records.group.down' : 'records.group.up')}
                icon={
                  <span className={level.down ? '' : 'records-up group-way'}>
                    <Icon name="down" size={16} />
                  </span>
                }
                onClick={() => put(place, { ...level, down: level.down !== true })}
              />
              <Button
                type="text"
                aria-label={t('records.group.drop', { level: place + 1 })}
                icon={<Icon name="close" size={16} />}
                onClick={() => put(place, null)}
              />
            </div>
          ))}
          {group.length < 2 && (
            <Select<string>
              aria-label={t('records.group.add')}
              className="field-wide"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t(group.length === 0 ? 'records.group.add' : 'records.group.addSecond')}
              value={null}
              options={choices()}
              onChange={(field) => onChange([...group, begin(field)])}
            />
          )}
          {group.length > 0 && (
            <div className="row">
              <Segmented
                size="small"
                value={folded ? 'folded' : 'open'}
                options={[
                  { value: 'open', label: t('records.group.open') },
                  { value: 'folded', label: t('records.group.folded') },
                ]}
                onChange={(next) => onFold(next === 'folded')}
              />
              <span className="grow" />
              <Button type="link" size="small" onClick={() => onChange([])}>
                {t('records.group.none')}
              </Button>
            </div>
          )}
        </div>
      }
    >
      <Button
        type="text"
        className={group.length > 0 ? 'records-on' : ''}
        icon={<Icon name="group" size={16} />}
      >
        {first === undefined ? t('records.group.button') : t('records.group.by', { field: first.title })}
      </Button>
    </Popover>
  );
}
