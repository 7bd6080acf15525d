import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'audit',
    title: 'audit.title',
    nav: { icon: 'audit', group: 'system', order: 20 },
    right: 'audit.view',
    load: async () => ({ Page: (await import('./AuditPage')).AuditPage }),
  },
];
