import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'users',
    title: 'users.title',
    nav: { icon: 'users', group: 'system', order: 10 },
    right: 'users.manage',
    load: async () => ({ Page: (await import('./UsersPage')).UsersPage }),
  },
];
