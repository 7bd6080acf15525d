import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'notices',
    title: 'notices.title',
    load: async () => ({ Page: (await import('./NoticesPage')).NoticesPage }),
  },
];
