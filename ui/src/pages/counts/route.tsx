import type { PageRoute } from '../../routes';

const RIGHTS = ['counts.manage', 'counts.approve', 'operation.count'];

export const routes: PageRoute[] = [
  {
    path: 'counts',
    title: 'counts.title',
    nav: { icon: 'list', group: 'work', order: 31 },
    right: RIGHTS,
    load: async () => ({ Page: (await import('./CountsPage')).CountsPage }),
  },
  {
    path: 'counts/:id',
    title: 'counts.one',
    parent: 'counts',
    right: RIGHTS,
    load: async () => ({ Page: (await import('./CountPage')).CountPage }),
  },
  {
    path: 'counts/:id/sheet',
    title: 'counts.sheet.title',
    parent: 'counts',
    right: RIGHTS,
    load: async () => ({ Page: (await import('./SheetPage')).SheetPage }),
  },
];
