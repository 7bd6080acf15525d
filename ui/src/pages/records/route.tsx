import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'apps/:app/forms/:form',
    title: 'records.title',
    parent: 'apps/:app',
    load: async () => ({ Page: (await import('./RecordsPage')).RecordsPage }),
  },
];
