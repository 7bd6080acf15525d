import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'print',
    title: 'printing.nav',
    nav: { icon: 'print', group: 'work', order: 55 },
    right: 'items.view',
    load: async () => ({ Page: (await import('./PrintJobsPage')).PrintJobsPage }),
  },
  {
    path: 'print/log',
    title: 'printing.log',
    parent: 'print',
    right: 'items.view',
    load: async () => ({ Page: (await import('./PrintLogPage')).PrintLogPage }),
  },
  {
    path: 'print/printers',
    title: 'printing.printers',
    parent: 'print',
    load: async () => ({ Page: (await import('./PrintersPage')).PrintersPage }),
  },
];
