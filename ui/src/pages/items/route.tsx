import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'items',
    title: 'items.title',
    nav: { icon: 'items', group: 'trace', order: 10, phone: true },
    right: 'items.view',
    load: async () => ({ Page: (await import('./ItemsPage')).ItemsPage }),
  },
];
