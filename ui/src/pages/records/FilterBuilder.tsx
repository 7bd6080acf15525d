import { Button, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useKinds } from '../../forms/calls';
import { askedShape } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import type { Comparison, Group } from './asking';
import { asksValue, comparisonsOf, isGroup } from './asking';
import { FilterValue } from './FilterValue';

interface FilterBuilderProps {
  group: Group;
  fields: readonly FormField[];
  onChange: (group: Group) => void;
  /** Take this group away. */
  onRemove?: () => void;
}

/** Conditions joined by and/or, with groups within. */
export function FilterBuilder({ group, fields, onChange, onRemove }: FilterBuilderProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const asked = fields.filter((one) => comparisonsOf(askedShape(one, kinds)).length > 0);
  const put = (place: number, part: Comparison | Group) =>
    onChange({ ...group, parts: group.parts.map((one, at) => (at === place ? part : one)) });
  const drop = (place: number) => onChange({ ...group, parts: group.parts.filter((_, at) => at !== place) });
  const fresh = (): Comparison => begin(asked[0]);
  const begin = (field: FormField | undefined): Comparison => ({
    field: field?.code ?? '',
    is: (field && comparisonsOf(askedShape(field, kinds))[0]) ?? 'equal',
  });
  return (
    <div className="filter-group">
      <div className="row">
        <Segmented<'and' | 'or'>
          size="small"
          value={group.join}
          onChange={(join) => onChange({ ...group, join })}
          options={[
            { value: 'and', label: t('records.filter.and') },
            { value: 'or', label: t('records.filter.or') },
          ]}
        />
        <span className="grow" />
        {onRemove && (
          <Button type="text" size="small" aria-label={t('records.filter.dropGroup')} onClick={onRemove}>
            <Icon name="close" size={16} />
          </Button>
        )}
      </div>
      {group.parts.map((part, place) => {
        if (isGroup(part)) {
          return (
            <FilterBuilder
              key={place}
              group={part}
              fields={fields}
              onChange={(next) => put(place, next)}
              onRemove={() => drop(place)}
            />
          );
        }
        const field = asked.find((one) => one.code === part.field);
        return (
          <div className="filter-line" key={place}>
            <Select<string>
              className="filter-field"
              aria-label={t('records.filter.field')}
              showSearch={{ optionFilterProp: 'label' }}
              value={part.field === '' ? undefined : part.field}
              options={asked.map((one) => ({ value: one.code, label: one.title }))}
              onChange={(code) => put(place, begin(asked.find((one) => one.code === code)))}
            />
            <Select
              className="filter-is"
              aria-label={t('records.filter.is')}
              disabled={field === undefined}
              value={field && part.is}
              options={(field ? comparisonsOf(askedShape(field, kinds)) : []).map((one) => ({
                value: one,
                label: t(`records.filter.${one}`),
              }))}
              onChange={(is) =>
                put(place, {
                  field: part.field,
                  is,
                  ...(fits(part.is, is) && 'value' in part && { value: part.value }),
                })
              }
            />
            <span className="filter-value">
              {field && asksValue(part.is) && (
                <FilterValue
                  field={field}
                  is={part.is}
                  value={part.value ?? null}
                  onChange={(value) => put(place, { ...part, value })}
                />
              )}
            </span>
            <Button
              type="text"
              aria-label={t('records.filter.drop', { row: place + 1 })}
              icon={<Icon name="close" size={16} />}
              onClick={() => drop(place)}
            />
          </div>
        );
      })}
      <div className="row">
        <Button
          type="link"
          size="small"
          icon={<Icon name="plus" size={16} />}
          onClick={() => onChange({ ...group, parts: [...group.parts, fresh()] })}
        >
          {t('records.filter.add')}
        </Button>
        {onRemove === undefined && (
          <Button
            type="link"
            size="small"
            onClick={() =>
              onChange({
                ...group,
                parts: [...group.parts, { join: group.join === 'and' ? 'or' : 'and', parts: [fresh()] }],
              })
            }
          >
            {t('records.filter.addGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Whether the value of one comparison makes sense in another. */
function fits(before: string, after: string): boolean {
  const many = (is: string) => is === 'between' || is === 'one_of';
  return before === after || (!many(before) && !many(after));
}
