import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'apps/:app/forms/:form/design',
    title: 'formdesigner.title',
    parent: 'apps',
    right: 'apps.edit',
    load: async () => ({ Page: (await import('./FormDesignPage')).FormDesignPage }),
  },
];
