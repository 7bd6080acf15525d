import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'places',
    title: 'places.title',
    nav: { icon: 'place', group: 'master', order: 30 },
    load: async () => ({ Page: (await import('./PlacesPage')).PlacesPage }),
  },
];
