import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'import',
    title: 'import.title',
    parent: 'items',
    right: 'items.import',
    load: async () => ({ Page: (await import('./ImportPage')).ImportPage }),
  },
];
