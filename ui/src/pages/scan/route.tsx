import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'scan',
    title: 'scan.title',
    nav: { icon: 'scan', group: 'work', order: 10, phone: true },
    load: async () => ({ Page: (await import('./ScanPage')).ScanPage }),
  },
];
