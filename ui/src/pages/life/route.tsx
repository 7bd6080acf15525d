import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'items/:code',
    title: 'life.title',
    parent: 'items',
    right: 'items.view',
    load: async () => ({ Page: (await import('./LifePage')).LifePage }),
  },
];
