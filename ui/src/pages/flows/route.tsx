import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'flows/:id',
    title: 'flows.title',
    parent: 'tasks',
    load: async () => ({ Page: (await import('./InstancePage')).InstancePage }),
  },
];
