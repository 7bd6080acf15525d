import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, ScrollRestoration } from 'react-router';
import { getMe } from '../api/client';
import { updateUser } from '../api/session';
import { useIsPhone } from '../components/useIsPhone';
import { ScanProvider } from '../scan/ScanContext';
import { PhoneTabs } from './PhoneTabs';
import { PreviewBar } from './PreviewBar';
import { Rail } from './Rail';
import './shell.css';
import { TopBar } from './TopBar';

/** The frame around every page of a signed-in user. */
export function Shell() {
  const { t } = useTranslation();
  const phone = useIsPhone();
  // Rights may have changed since signing in; a session that was ended elsewhere is noticed here, too.
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => getMe(signal), staleTime: 60_000 });
  useEffect(() => {
    if (me.data) updateUser(me.data);
  }, [me.data]);
  return (
    <ScanProvider>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <div className="shell">
        {!phone && <Rail />}
        <div className="shell-main">
          <TopBar />
          <PreviewBar />
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
