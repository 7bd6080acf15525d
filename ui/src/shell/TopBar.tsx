import { Dropdown } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { patchMe, postLogout } from '../api/client';
import { ProblemError } from '../api/problem';
import { signOut, useSession } from '../api/session';
import { Icon } from '../components/Icon';
import { ScanBox } from '../components/ScanBox';
import { Seal } from '../components/Seal';
import type { Language } from '../i18n';
import { setLanguage } from '../i18n';
import { setSound, soundOn } from '../scan/sounds';
import { Bell } from './Bell';
import { setMode, useMode } from './mode';
import { useTrail } from './useHere';

/** The bar above every page: where you are, the scan box, language, light or dark, who you are. */
export function TopBar() {
  const { t } = useTranslation();
  const trail = useTrail();
  const navigate = useNavigate();
  const home = trail.at(-1)?.path === '';
  return (
    <header className="topbar">
      <Link to="/" className="only-phone" aria-label={t('nav.home')}>
        <Seal size={32} />
      </Link>
      <nav className="crumbs only-desk" aria-label={t('nav.breadcrumb')}>
        {trail.map((route, index) => (
          <Fragment key={route.path}>
            {index > 0 && <span aria-hidden="true"> / </span>}
            {index === trail.length - 1 || route.path.includes(':') ? (
              <b aria-current="page">{t(route.title)}</b>
            ) : (
              <Link to={`/${route.path}`}>{t(route.title)}</Link>
            )}
          </Fragment>
        ))}
      </nav>
      {/* The home page has this box large in its middle. It looks up wherever it stands: what a page does with scans is
          done by its own box. */}
      <div className="topbar-scan">
        {!home && <ScanBox hotkey onScan={(raw) => void navigate(`/find?q=${encodeURIComponent(raw)}`)} />}
      </div>
      <Bell />
      <Switches />
      <UserMenu />
    </header>
  );
}

/** Switch the language here at once, and for the user's other devices when the server can be reached. */
async function chooseLanguage(language: Language): Promise<void> {
  await setLanguage(language);
  try {
    await patchMe(language === 'en' ? 'en' : 'zh');
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

function Switches() {
  const { t, i18n } = useTranslation();
  const mode = useMode();
  const english = i18n.language === 'en';
  return (
    <>
      <button
        type="button"
        className="topbar-button only-desk"
        onClick={() => void chooseLanguage(english ? 'zh-CN' : 'en')}
        aria-label={t('top.language')}
        title={t('top.language')}
      >
        {english ? '中' : 'EN'}
      </button>
      <button
        type="button"
        className="topbar-button only-desk"
        onClick={() => setMode(mode === 'dark' ? 'light' : 'dark')}
        aria-label={mode === 'dark' ? t('top.toLight') : t('top.toDark')}
        title={mode === 'dark' ? t('top.toLight') : t('top.toDark')}
      >
        <Icon name={mode === 'dark' ? 'sun' : 'moon'} />
      </button>
    </>
  );
}

function UserMenu() {
  const { t, i18n } = useTranslation();
  const user = useSession()?.user;
  const mode = useMode();
  const navigate = useNavigate();
  const [sound, setSoundShown] = useState(soundOn);
  const name = user?.name ?? user?.username ?? '';
  const leave = async () => {
    try {
      await postLogout();
    } finally {
      signOut();
      // Whoever signs in next begins at home, not where this one was.
      void navigate('/login', { replace: true });
    }
  };
  const actions: Record<string, () => void> = {
    language: () => void chooseLanguage(i18n.language === 'en' ? 'zh-CN' : 'en'),
    mode: () => setMode(mode === 'dark' ? 'light' : 'dark'),
    sound: () => {
      setSound(!sound);
      setSoundShown(!sound);
    },
    account: () => void navigate('/account'),
    password: () => void navigate('/login/password'),
    leave: () => void leave(),
  };
  const items = [
    { key: 'language', icon: <Icon name="globe" />, label: i18n.language === 'en' ? '中文' : 'English' },
    { key: 'mode', icon: <Icon name="moon" />, label: mode === 'dark' ? t('top.toLight') : t('top.toDark') },
    { key: 'sound', icon: <Icon name="sound" />, label: sound ? t('top.soundOff') : t('top.soundOn') },
    { type: 'divider' as const },
    { key: 'account', icon: <Icon name="users" />, label: t('top.account') },
    { key: 'password', icon: <Icon name="key" />, label: t('top.password') },
    { key: 'leave', icon: <Icon name="leave" />, label: t('top.signOut') },
  ];
  return (
    <Dropdown
      menu={{ items, onClick: ({ key }) => actions[key]?.() }}
      trigger={['click']}
      placement="bottomRight"
    >
      <button type="button" className="topbar-user" aria-label={`${t('top.user')} ${name}`}>
        <span className="avatar" aria-hidden="true">
          {name
            .slice(/^[\u4e00-\u9fff]/.test(name) ? -1 : 0)
            .slice(0, 1)
            .toUpperCase()}
        </span>
        <span className="only-desk">{name}</span>
      </button>
    </Dropdown>
  );
}
