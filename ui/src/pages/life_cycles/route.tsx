import type { PageRoute } from '../../routes';

const load = async () => ({ Page: (await import('./LifeCyclesPage')).LifeCyclesPage });

export const routes: PageRoute[] = [
  {
    path: 'life-cycles',
    title: 'life_cycles.title',
    nav: { icon: 'cycle', group: 'master', order: 60 },
    load,
  },
  { path: 'life-cycles/:code', title: 'life_cycles.one', parent: 'life-cycles', load },
];
