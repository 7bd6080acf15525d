import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'jobs',
    title: 'jobs.title',
    nav: { icon: 'jobs', group: 'system', order: 50 },
    load: async () => ({ Page: (await import('./JobsPage')).JobsPage }),
  },
];
