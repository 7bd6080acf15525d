import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { ViewKind } from './model';
import { VIEW_KINDS } from './model';
import type { CurrentView } from './useView';
import { VIEW_ICONS } from './ViewTabs';

/** The views on a phone: the one that is shown, and all in a sheet. */
export function ViewSheet({ view, onNew }: { view: CurrentView; onNew: (kind: ViewKind) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const all = [{ id: 'all', name: t('records.views.all'), kind: 'table' as ViewKind }, ...view.views];
  return (
    <>
      <Button className="view-pick" onClick={() => setOpen(true)}>
        <Icon name={VIEW_ICONS[view.body.kind]} size={16} />
        <b>{view.saved?.name ?? t('records.views.all')}</b>
        {view.dirty && <i className="view-dirty" role="img" aria-label={t('records.views.unsaved')} />}
        <span className="grow" />
        <Icon name="down" size={16} />
      </Button>
      <Drawer
        open={open}
        placement="bottom"
        size="70%"
        title={t('records.views.label')}
        onClose={() => setOpen(false)}
        styles={{ body: { padding: 0 } }}
      >
        <ul className="view-sheet">
          {all.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === view.id}
                onClick={() => {
                  if (one.id !== view.id) view.choose(one.id);
                  setOpen(false);
                }}
              >
                <Icon name={VIEW_ICONS[one.kind]} size={18} />
                <span className="grow">{one.name}</span>
                {one.id === view.id && <Icon name="check" size={18} />}
              </button>
            </li>
          ))}
          <li className="view-sheet-new">
            {VIEW_KINDS.map((kind) => (
              <Button
                key={kind}
                icon={<Icon name={VIEW_ICONS[kind]} size={16} />}
                onClick={() => {
                  setOpen(false);
                  onNew(kind);
                }}
              >
                {t(`records.views.kind.${kind}`)}
              </Button>
            ))}
          </li>
        </ul>
      </Drawer>
    </>
  );
}
