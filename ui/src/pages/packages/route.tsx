import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'packages',
    title: 'packages.title',
    nav: { icon: 'package', group: 'work', order: 35 },
    right: 'items.view',
    load: async () => ({ Page: (await import('./PackagesPage')).PackagesPage }),
  },
  {
    path: 'packages/:code',
    title: 'packages.one',
    parent: 'packages',
    right: 'items.view',
    load: async () => ({ Page: (await import('./PackingPage')).PackingPage }),
  },
];
