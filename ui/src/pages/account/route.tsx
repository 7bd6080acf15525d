import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'account',
    title: 'account.title',
    load: async () => ({ Page: (await import('./AccountPage')).AccountPage }),
  },
];
