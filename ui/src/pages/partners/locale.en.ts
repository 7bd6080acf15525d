export const locale = {
  title: 'Partners',
  beside: 'Whom the goods come from, and to whom they go',
  add: 'Add partner',
  search: 'Code, name',
  region: 'Region',
  regions: 'Authorised regions',
  regionsHint: 'Goods should be sold only there; turning up elsewhere is suspected diversion',
  phone: 'Phone',
  noMatch: 'Try another word, or clear the filters.',
  empty: 'No partners yet',
  emptyAdvice:
    'Suppliers, dealers, stores and customers live here; so do colleagues who borrow things, with kind “Person”.',
  activeLabel: 'In use (otherwise no longer offered; its history stays)',
};
