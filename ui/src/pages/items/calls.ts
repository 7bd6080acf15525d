/** By what a list of items is narrowed. */
export const FILTERS = [
  'product',
  'state',
  'place',
  'batch',
  'quality',
  'mark',
  'holder',
  'kind',
  'prefix',
] as const;

/** The filters of a list; what is missing narrows nothing. */
export type ItemFilters = Partial<Record<(typeof FILTERS)[number], string>>;
