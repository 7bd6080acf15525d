import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMay } from '../api/session';
import { Icon } from '../components/Icon';
import { Seal } from '../components/Seal';
import { NAV_GROUPS, navRoutes } from '../routes';
import { useTrail } from './useHere';

const KEY = 'mazhi.rail';

/** The navigation at the left of a desk: groups of pages, folded to icons when wanted. */
export function Rail() {
  const { t } = useTranslation();
  const may = useMay();
  const trail = useTrail();
  const [folded, setFolded] = useState(() => {
    const stored = localStorage.getItem(KEY);
    return stored === null ? window.innerWidth < 1200 : stored === 'folded';
  });
  const fold = () => {
    localStorage.setItem(KEY, folded ? 'open' : 'folded');
    setFolded(!folded);
  };
  return (
    <nav className={folded ? 'rail rail-folded' : 'rail'} aria-label={t('nav.label')}>
      <NavLink to="/" className="rail-brand" aria-label={`${t('app')} · ${t('nav.home')}`}>
        <Seal size={32} />
        {!folded && <b>{t('app')}</b>}
      </NavLink>
      <div className="rail-scroll">
        {NAV_GROUPS.map((group) => {
          const entries = navRoutes.filter((route) => route.nav.group === group && may(route.right));
          if (entries.length === 0) return null;
          return (
            <section key={group} aria-label={t(`nav.${group}`)}>
              {group !== 'work' && <h2 aria-hidden="true">{folded ? '' : t(`nav.${group}`)}</h2>}
              <ul>
                {entries.map((route) => {
                  const Only = route.nav.Only ?? Fragment;
                  return (
                    <Only key={route.path}>
                      <li>
                        <NavLink
                          to={`/${route.path}`}
                          end={route.path === ''}
                          className={
                            trail.some((one) => one.path === route.path)
                              ? 'rail-entry rail-here'
                              : 'rail-entry'
                          }
                          aria-current={trail.at(-1)?.path === route.path ? 'page' : undefined}
                          title={folded ? t(route.title) : undefined}
                        >
                          <Icon name={route.nav.icon} size={20} />
                          <span>{t(route.title)}</span>
                          {route.nav.Badge && <route.nav.Badge />}
                        </NavLink>
                      </li>
                    </Only>
                  );
                })}
              </ul>
            </section>
          );
        })}
      </div>
      <button type="button" className="rail-entry rail-fold" onClick={fold} aria-expanded={!folded}>
        <Icon name={folded ? 'right' : 'left'} size={16} />
        <span>{folded ? t('nav.expand') : t('nav.collapse')}</span>
      </button>
    </nav>
  );
}
