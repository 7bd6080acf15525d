import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'apps/:app/forms/:form/import',
    title: 'imports.page',
    parent: 'apps/:app/forms/:form',
    load: async () => ({ Page: (await import('./RecordImportPage')).RecordImportPage }),
  },
];
