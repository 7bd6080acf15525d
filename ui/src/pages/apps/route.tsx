import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'apps',
    title: 'apps.title',
    nav: { icon: 'pages', group: 'build', order: 10 },
    load: async () => ({ Page: (await import('./AppsPage')).AppsPage }),
  },
  {
    path: 'apps/:app',
    title: 'apps.forms',
    parent: 'apps',
    load: async () => ({ Page: (await import('./AppPage')).AppPage }),
  },
];
