import type { PageRoute } from '../../routes';
import { WhoMayScan } from './WhoMayScan';

export const routes: PageRoute[] = [
  {
    path: 'station',
    title: 'station.title',
    nav: { icon: 'play', group: 'work', order: 12, Only: WhoMayScan },
    load: async () => ({ Page: (await import('./StationPage')).StationPage }),
  },
];
