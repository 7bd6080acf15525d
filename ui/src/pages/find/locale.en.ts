export const locale = {
  title: 'Search',
  unknown: 'Not recognised',
  near: 'Not there, but something like it is',
  several: 'More than one: choose',
  choose: 'It may be',
  perhaps: 'Did you mean',
  what: 'What to do',
  advice:
    'Scan the label once more; if it is damaged, type what is printed on it. If it really is not there, it may not have been coded or imported yet.',
  kind: {
    item: 'Item',
    package: 'Package',
    product: 'Product',
    batch: 'Batch',
    place: 'Place',
    partner: 'Partner',
    unknown: 'Unknown',
  },
};
