import type { PageRoute } from '../../routes';

const rule = async () => ({ Page: (await import('./RulePage')).RulePage });

export const routes: PageRoute[] = [
  {
    path: 'codes',
    title: 'codes.title',
    nav: { icon: 'code', group: 'master', order: 50 },
    load: async () => ({ Page: (await import('./RulesPage')).RulesPage }),
  },
  { path: 'codes/new', title: 'codes.new', parent: 'codes', right: 'codes.edit', load: rule },
  { path: 'codes/:code', title: 'codes.one', parent: 'codes', load: rule },
];
