import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useKinds } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import type { ViewKind, ViewOptions } from './model';
import { cardFields, columnFields, coverFields, dayFields, parentFields } from './setup';

interface ViewSetupProps {
  kind: ViewKind;
  /** The form itself, as `app/form`. */
  self: string;
  fields: readonly FormField[];
  options: ViewOptions;
  onChange: (options: ViewOptions) => void;
}

const MOST = 4;

/** What a kanban, a calendar, a gallery or a tree goes by, and what its cards show. */
export function ViewSetup({ kind, self, fields, options, onChange }: ViewSetupProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const one = (
    name: 'by' | 'from' | 'to' | 'title' | 'cover' | 'parent',
    some: readonly FormField[],
    must: boolean,
  ) => (
    <label className="view-setup-line">
      <span className="muted">{t(`records.views.option.${name}`)}</span>
      <Select<string>
        className="field-wide"
        allowClear={!must}
        showSearch={{ optionFilterProp: 'label' }}
        status={must && options[name] === undefined ? 'error' : ''}
        placeholder={t(must ? 'records.views.noField' : 'records.views.usualChoice')}
        value={options[name]}
        options={some.map((field) => ({ value: field.code, label: field.title }))}
        onChange={(next: string | undefined) => {
          const { [name]: _gone, ...rest } = options;
          onChange(next === undefined ? rest : { ...rest, [name]: next });
        }}
      />
    </label>
  );
  const cards = cardFields(fields, kinds);
  return (
    <div className="view-setup">
      {kind === 'kanban' && one('by', columnFields(fields, kinds), true)}
      {kind === 'calendar' && one('from', dayFields(fields, kinds), true)}
      {kind === 'calendar' && one('to', dayFields(fields, kinds), false)}
      {kind === 'tree' && one('parent', parentFields(fields, self), true)}
      {kind === 'tree' && parentFields(fields, self).length === 0 && (
        <p className="hint">{t('records.views.noParent')}</p>
      )}
      {kind !== 'tree' && kind !== 'table' && (
        <>
          {one('title', cards, false)}
          <label className="view-setup-line">
            <span className="muted">{t('records.views.option.fields')}</span>
            <Select<string[]>
              mode="multiple"
              className="field-wide"
              maxCount={MOST}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('records.views.usualChoice')}
              value={options.fields ?? []}
              options={cards.map((field) => ({ value: field.code, label: field.title }))}
              onChange={(next) => onChange({ ...options, fields: next })}
            />
          </label>
          {coverFields(fields).length > 0 && one('cover', coverFields(fields), false)}
        </>
      )}
      {kind === 'calendar' && (
        <Segmented
          value={options.span ?? 'month'}
          options={(['month', 'week'] as const).map((value) => ({
            value,
            label: t(`records.calendar.${value}`),
          }))}
          onChange={(span) => onChange({ ...options, span })}
        />
      )}
    </div>
  );
}
