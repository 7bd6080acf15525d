import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'stock',
    title: 'stock.title',
    nav: { icon: 'box', group: 'work', order: 30 },
    right: 'items.view',
    load: async () => ({ Page: (await import('./StockPage')).StockPage }),
  },
];
