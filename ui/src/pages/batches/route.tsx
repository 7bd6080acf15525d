import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'batches',
    title: 'batches.title',
    nav: { icon: 'batch', group: 'master', order: 50 },
    load: async () => ({ Page: (await import('./BatchesPage')).BatchesPage }),
  },
  {
    path: 'batches/used/:product/:code',
    title: 'batches.used.title',
    parent: 'batches',
    right: 'items.view',
    load: async () => ({ Page: (await import('./WhereUsedPage')).WhereUsedPage }),
  },
];
