import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'labels',
    title: 'labels.title',
    nav: { icon: 'label', group: 'master', order: 55 },
    load: async () => ({ Page: (await import('./LabelsPage')).LabelsPage }),
  },
  {
    path: 'labels/:code',
    title: 'labels.one',
    parent: 'labels',
    load: async () => ({ Page: (await import('./LabelPage')).LabelPage }),
  },
];
