import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from './api/problem';
import { useSession } from './api/session';
import { useMode } from './shell/mode';
import { useMotion } from './shell/motion';
import { antdConfig, cssVariables } from './theme';

/** jsdom reckons every style rule anew for every look at an element: tests are ten times faster without them. */
const WITHOUT_STYLES = import.meta.env.MODE === 'test';

/** Everything around the pages: server state, look, language. */
export function Providers({ children, client }: { children: ReactNode; client?: QueryClient }) {
  const { i18n } = useTranslation();
  const mode = useMode();
  const motion = useMotion();
  const [queries] = useState(() => client ?? newQueryClient());
  const user = useSession()?.user.username;
  const last = useRef(user);
  // What one user was shown is not kept for the next.
  useEffect(() => {
    if (last.current !== undefined && last.current !== user) queries.clear();
    last.current = user;
  }, [queries, user]);
  const english = i18n.language === 'en';
  dayjs.locale(english ? 'en' : 'zh-cn');
  return (
    <QueryClientProvider client={queries}>
      <style>{cssVariables(mode)}</style>
      <ConfigProvider
        locale={english ? enUS : zhCN}
        theme={{ ...antdConfig(mode, motion), zeroRuntime: WITHOUT_STYLES }}
        componentSize="middle"
        button={{ autoInsertSpace: false }}
      >
        <AntApp style={{ height: '100%' }} message={{ top: 64 }}>
          {children}
        </AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  );
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // The server stands in the house: what the browser thinks of its way to the internet says nothing of it.
        networkMode: 'always',
        // What the server has refused it will refuse again; only a lost connection is worth a second try.
        retry: (count, error) => count < 2 && problemOf(error).code === 'offline',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
