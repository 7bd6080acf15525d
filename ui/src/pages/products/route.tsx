import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'products',
    title: 'products.title',
    nav: { icon: 'product', group: 'master', order: 0 },
    load: async () => ({ Page: (await import('./ProductsPage')).ProductsPage }),
  },
  {
    path: 'products/:code/tracking',
    title: 'products.track.title',
    parent: 'products',
    right: 'products.edit',
    load: async () => ({ Page: (await import('./TrackingPage')).TrackingPage }),
  },
  {
    path: 'products/counts/:id',
    title: 'products.track.count',
    parent: 'products',
    right: 'products.edit',
    load: async () => ({ Page: (await import('./CountPage')).CountPage }),
  },
];
