import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'apps/:app/flows/:flow/design',
    title: 'flowdesigner.title',
    parent: 'apps',
    right: 'apps.edit',
    load: async () => ({ Page: (await import('./FlowDesignPage')).FlowDesignPage }),
  },
];
