import type { PageRoute } from '../../routes';

export const routes: PageRoute[] = [
  {
    path: 'ledger',
    title: 'ledger.title',
    nav: { icon: 'shield', group: 'trace', order: 20 },
    right: 'items.view',
    load: async () => ({ Page: (await import('./LedgerPage')).LedgerPage }),
  },
];
