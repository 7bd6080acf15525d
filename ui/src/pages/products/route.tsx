import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'products',
    title: 'products.title',
    nav: { icon: 'product', group: 'master', order: 0 },
    load: async () => ({ Page: (await import('./ProductsPage')).ProductsPage }),
  },
];
