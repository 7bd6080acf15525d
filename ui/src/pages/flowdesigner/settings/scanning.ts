import type { FormField } from '../../../forms/model';

/** What can be wrong with a piece, or with the whole: in the order of how often it happens. */
export const POLICIES = [
  ...([
    'missing',
    'extra',
    'duplicate',
    'wrong_product',
    'wrong_state',
    'wrong_batch',
    'wrong_place',
  ] as const),
  ...(['held', 'recalled', 'unknown'] as const),
] as const;

/** How many of them are shown before one asks for more. */
export const FIRST = 5;

/** What follows from it. */
export const SAYS = ['refuse', 'warn', 'pass'] as const;

/** What the scanner sounds like then. */
export const SOUND: Record<(typeof SAYS)[number], string> = { refuse: 'low', warn: 'double', pass: 'short' };

/** The fields of one table, through what is only layout. */
export function columnsOf(fields: readonly FormField[], isLayout: (kind: string) => boolean): FormField[] {
  return fields.flatMap((one) => (isLayout(one.kind) ? columnsOf(one.fields ?? [], isLayout) : [one]));
}

const KINDS: Record<'product' | 'quantity' | 'batch' | 'item', readonly string[]> = {
  product: ['product'],
  quantity: ['number'],
  batch: ['batch'],
  item: ['item'],
};

/** What columns probably mean by their kinds: the first product, number, batch, item. */
export function guessed(columns: readonly FormField[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, kinds] of Object.entries(KINDS)) {
    const column = columns.find((one) => kinds.includes(one.kind));
    if (column !== undefined) found[name] = column.code;
  }
  return found;
}
