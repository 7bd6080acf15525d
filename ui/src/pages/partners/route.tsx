import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'partners',
    title: 'partners.title',
    nav: { icon: 'partner', group: 'master', order: 40 },
    load: async () => ({ Page: (await import('./PartnersPage')).PartnersPage }),
  },
];
