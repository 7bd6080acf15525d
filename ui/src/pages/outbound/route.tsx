import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'outbound',
    title: 'outbound.title',
    nav: { icon: 'globe', group: 'system', order: 15 },
    right: 'users.manage',
    load: async () => ({ Page: (await import('./OutboundPage')).OutboundPage }),
  },
];
