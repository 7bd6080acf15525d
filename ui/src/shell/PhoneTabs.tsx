import { Drawer } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMay } from '../api/session';
import { Icon } from '../components/Icon';
import { NAV_GROUPS, navRoutes } from '../routes';
import { useTrail } from './useHere';

/** The navigation at the bottom of a phone: the pages of every day, and the rest under 更多. */
export function PhoneTabs() {
  const { t } = useTranslation();
  const may = useMay();
  const trail = useTrail();
  const [open, setOpen] = useState(false);
  const allowed = navRoutes.filter((route) => may(route.right));
  const tabs = allowed.filter((route) => route.nav.phone);
  const here = (path: string) => trail.some((one) => one.path === path);
  return (
    <nav className="phone-tabs" aria-label={t('nav.label')}>
      {tabs.map((route) => (
        <NavLink
          key={route.path}
          to={`/${route.path}`}
          end={route.path === ''}
          className={here(route.path) ? 'phone-tab phone-here' : 'phone-tab'}
          onClick={() => setOpen(false)}
        >
          <Icon name={route.nav.icon} size={22} />
          {t(route.title)}
          {route.nav.Badge && <route.nav.Badge />}
        </NavLink>
      ))}
      <button
        type="button"
        className={!tabs.some((route) => here(route.path)) ? 'phone-tab phone-here' : 'phone-tab'}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
      >
        <Icon name="more" size={22} />
        {t('nav.more')}
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="70%" title={t('nav.more')}>
        {NAV_GROUPS.map((group) => {
          const rest = allowed.filter((route) => route.nav.group === group && !route.nav.phone);
          if (rest.length === 0) return null;
          return (
            <section key={group} className="phone-more">
              <h2>{t(`nav.${group}`)}</h2>
              <div>
                {rest.map((route) => {
                  const Only = route.nav.Only ?? Fragment;
                  return (
                    <Only key={route.path}>
                      <NavLink to={`/${route.path}`} onClick={() => setOpen(false)}>
                        <Icon name={route.nav.icon} size={24} />
                        {t(route.title)}
                      </NavLink>
                    </Only>
                  );
                })}
              </div>
            </section>
          );
        })}
      </Drawer>
    </nav>
  );
}
