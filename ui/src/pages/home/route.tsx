import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: '',
    title: 'home.title',
    nav: { icon: 'home', group: 'work', order: 0, phone: true },
    load: async () => ({ Page: (await import('./HomePage')).HomePage }),
  },
];
