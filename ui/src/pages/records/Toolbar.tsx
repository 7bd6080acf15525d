import { Button, Dropdown, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import type { Group } from './asking';
import { ColumnChooser } from './ColumnChooser';
import { FilterButton } from './FilterButton';
import { GroupButton } from './GroupButton';
import { listActions } from './slots';
import type { useHead } from './useHead';
import type { RowHeight } from './views/model';
import type { CurrentView } from './views/useView';
import { ViewSetup } from './views/ViewSetup';

interface ToolbarProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  view: CurrentView;
  head: ReturnType<typeof useHead>;
  filter: unknown;
  q: string | undefined;
  searchable: boolean;
  group: Group;
  add: ReactNode;
  onSearch: (q: string) => void;
  onFilter: (group: Group) => void;
}

const HEIGHTS: readonly RowHeight[] = ['low', 'middle', 'high'];

/** What can be done with the list: add, bring in, take out; and how it is looked at. */
export function Toolbar(props: ToolbarProps) {
  const { app, form, fields, view, head, filter, q, searchable, group, add, onSearch, onFilter } = props;
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { body, change } = view;
  const search = searchable && <SearchField value={q} onChange={onSearch} label={t('records.search')} />;
  if (phone) {
    return (
      <div className="records-bar records-bar-phone">
        {search}
        <FilterButton group={group} fields={fields} onChange={onFilter} />
      </div>
    );
  }
  const rows = body.kind === 'table' || body.kind === 'tree';
  return (
    <div className="records-bar" role="toolbar" aria-label={t('records.tools')}>
      {add}
      {listActions.map((Action, at) => (
        <Action key={at} app={app} form={form} filter={filter} sort={body.sort} />
      ))}
      <span className="grow" />
      <FilterButton group={group} fields={fields} onChange={onFilter} />
      {body.kind === 'table' && (
        <GroupButton
          group={body.group}
          fields={fields.filter((one) => !view.partial.includes(one.code))}
          folded={body.options.folded === true}
          onChange={(next) => change({ group: next })}
          onFold={(folded) => change({ options: { ...body.options, folded } })}
        />
      )}
      {rows && (
        <ColumnChooser
          columns={head.columns}
          titleOf={head.titleOf}
          onChange={head.put}
          onReset={() => change({ columns: [] })}
        />
      )}
      {rows && (
        <Dropdown
          trigger={['click']}
          menu={{
            selectable: true,
            selectedKeys: [body.options.row_height ?? 'low'],
            items: HEIGHTS.map((key) => ({ key, label: t(`records.height.${key}`) })),
            onClick: ({ key }) => change({ options: { ...body.options, row_height: key as RowHeight } }),
          }}
        >
          <Button
            type="text"
            aria-label={t('records.height.label')}
            icon={<Icon name="sameHeight" size={16} />}
          />
        </Dropdown>
      )}
      {!rows && (
        <Popover
          trigger="click"
          placement="bottomRight"
          content={
            <ViewSetup
              kind={body.kind}
              self={`${app}/${form.code}`}
              fields={fields}
              options={body.options}
              onChange={(options) => change({ options })}
            />
          }
        >
          <Button type="text" icon={<Icon name="guide" size={16} />}>
            {t('records.views.setup')}
          </Button>
        </Popover>
      )}
      {search}
    </div>
  );
}
