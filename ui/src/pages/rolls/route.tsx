import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'rolls',
    title: 'rolls.title',
    nav: { icon: 'qr', group: 'work', order: 36 },
    right: ['rolls.edit', 'items.make'],
    load: async () => ({ Page: (await import('./RollsPage')).RollsPage }),
  },
  {
    path: 'rolls/bind',
    title: 'rolls.bind',
    parent: 'rolls',
    right: 'items.make',
    load: async () => ({ Page: (await import('./BindPage')).BindPage }),
  },
  {
    path: 'rolls/:code',
    title: 'rolls.one',
    parent: 'rolls',
    right: ['rolls.edit', 'items.make'],
    load: async () => ({ Page: (await import('./RollPage')).RollPage }),
  },
];
