import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'find',
    title: 'find.title',
    parent: '',
    load: async () => ({ Page: (await import('./FindPage')).FindPage }),
  },
];
