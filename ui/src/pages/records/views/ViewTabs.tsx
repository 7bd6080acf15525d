import type { MenuProps } from 'antd';
import { Button, Dropdown, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { IconName } from '../../../components/Icon';
import { Icon } from '../../../components/Icon';
import type { SavedView, ViewKind } from './model';
import { VIEW_KINDS } from './model';
import type { CurrentView } from './useView';

export const VIEW_ICONS: Record<ViewKind, IconName> = {
  table: 'table',
  kanban: 'board',
  calendar: 'calendar',
  gallery: 'picture',
  tree: 'tree',
};

interface ViewTabsProps {
  view: CurrentView;
  /** Whether this user may change the view that is shown. */
  mayChange: boolean;
  saving: boolean;
  onSave: () => void;
  onSaveAs: () => void;
  onNew: (kind: ViewKind) => void;
  onEdit: (view: SavedView) => void;
  onDelete: (view: SavedView) => void;
}

/** The views of a form side by side; what was changed and not saved is marked. */
export function ViewTabs(props: ViewTabsProps) {
  const { view, mayChange, saving, onSave, onSaveAs, onNew, onEdit, onDelete } = props;
  const { t } = useTranslation();
  const tabs: { id: string; name: string; kind: ViewKind; saved?: SavedView }[] = [
    { id: 'all', name: t('records.views.all'), kind: 'table' },
    ...view.views.map((one) => ({ id: one.id, name: one.name, kind: one.kind, saved: one })),
  ];
  const menu = (saved: SavedView): NonNullable<MenuProps['items']> => [
    { key: 'edit', label: t('records.views.edit'), disabled: !mayChange, onClick: () => onEdit(saved) },
    { key: 'copy', label: t('records.views.saveAs'), onClick: onSaveAs },
    { type: 'divider' },
    {
      key: 'delete',
      label: t('records.views.delete'),
      danger: true,
      disabled: !mayChange,
      onClick: () => onDelete(saved),
    },
  ];
  return (
    <div className="view-tabs">
      <div className="view-tabs-scroll" role="tablist" aria-label={t('records.views.label')}>
        {tabs.map((one) => {
          const here = one.id === view.id;
          return (
            <span key={one.id} className={here ? 'view-tab view-here' : 'view-tab'}>
              <button
                type="button"
                role="tab"
                aria-selected={here}
                onClick={() => !here && view.choose(one.id)}
              >
                <Icon name={VIEW_ICONS[here ? view.body.kind : one.kind]} size={15} />
                <span className="view-name">{one.name}</span>
                {one.saved !== undefined && !one.saved.shared && (
                  <Tooltip title={t('records.views.private')}>
                    <span className="view-lock">
                      <Icon name="lock" size={12} />
                    </span>
                  </Tooltip>
                )}
                {here && view.dirty && (
                  <i className="view-dirty" role="img" aria-label={t('records.views.unsaved')} />
                )}
              </button>
              {here && one.saved !== undefined && (
                <Dropdown trigger={['click']} menu={{ items: menu(one.saved) }}>
                  <button
                    type="button"
                    className="view-more"
                    aria-label={t('records.views.menu', { name: one.name })}
                  >
                    <Icon name="down" size={14} />
                  </button>
                </Dropdown>
              )}
            </span>
          );
        })}
        <Dropdown
          trigger={['click']}
          menu={{
            items: VIEW_KINDS.map((kind) => ({
              key: kind,
              icon: <Icon name={VIEW_ICONS[kind]} size={16} />,
              label: t(`records.views.kind.${kind}`),
              onClick: () => onNew(kind),
            })),
          }}
        >
          <Button type="text" aria-label={t('records.views.add')} icon={<Icon name="plus" size={16} />} />
        </Dropdown>
      </div>
      {view.dirty && (
        <span className="view-save">
          <Button type="text" size="small" onClick={view.reset}>
            {t('records.views.reset')}
          </Button>
          {view.saved !== undefined && mayChange ? (
            <>
              <Button type="link" size="small" onClick={onSaveAs}>
                {t('records.views.saveAs')}
              </Button>
              <Button size="small" loading={saving} onClick={onSave}>
                {t('records.views.save')}
              </Button>
            </>
          ) : (
            <Button size="small" onClick={onSaveAs}>
              {t('records.views.saveAs')}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
