import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'making',
    title: 'making.title',
    nav: { icon: 'label', group: 'work', order: 20 },
    right: 'items.make',
    load: async () => ({ Page: (await import('./MakingPage')).MakingPage }),
  },
];
