import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'recalls',
    title: 'recalls.title',
    nav: { icon: 'history', group: 'trace', order: 15 },
    right: ['recalls.view', 'recalls.manage'],
    load: async () => ({ Page: (await import('./RecallsPage')).RecallsPage }),
  },
  {
    path: 'recalls/new',
    title: 'recalls.new',
    parent: 'recalls',
    right: 'recalls.manage',
    load: async () => ({ Page: (await import('./NewRecallPage')).NewRecallPage }),
  },
  {
    path: 'recalls/:id',
    title: 'recalls.one',
    parent: 'recalls',
    right: ['recalls.view', 'recalls.manage'],
    load: async () => ({ Page: (await import('./RecallPage')).RecallPage }),
  },
];
