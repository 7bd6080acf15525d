import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration } from 'react-router';
import { useIsPhone } from '../components/useIsPhone';
import { ScanProvider } from '../scan/ScanContext';
import { PhoneTabs } from './PhoneTabs';
import { Rail } from './Rail';
import './shell.css';
import { TopBar } from './TopBar';

/** The frame around every page of a signed-in user. */
export function Shell() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  return (
    <ScanProvider>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <div className="shell">
        {!phone && <Rail />}
        <div className="shell-main">
          <TopBar />
          <main id="content" tabIndex={-1}>
            <Suspense>
              <Outlet />
            </Suspense>
          </main>
        </div>
        {phone && <PhoneTabs />}
      </div>
      <ScrollRestoration />
    </ScanProvider>
  );
}
