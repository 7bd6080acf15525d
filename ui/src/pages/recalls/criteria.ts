/** The kinds of criteria (召回条件), in the order in which they are offered. */
export const CRITERIA = ['supplier_batch', 'batch', 'component', 'line', 'window', 'codes'] as const;

/** One of the kinds of criteria. */
export type CriterionKind = (typeof CRITERIA)[number];

/** The fields that each kind has; those with ? may stay empty. */
export const FIELDS: Record<CriterionKind, readonly FieldName[]> = {
  supplier_batch: ['supplier_batch', 'product?'],
  batch: ['batch', 'product?'],
  component: ['component'],
  line: ['line', 'from', 'to', 'product?'],
  window: ['product', 'from', 'to'],
  codes: ['codes'],
};

type FieldName =
  'supplier_batch' | 'batch' | 'component' | 'line' | 'from' | 'to' | 'product' | 'product?' | 'codes';

/** Criteria that name pieces or batches go through the genealogy; this limits them to what is inside now. */
export const THROUGH_PARTS = new Set<CriterionKind>(['supplier_batch', 'batch', 'component', 'codes']);

/** One row of the builder. */
export interface CriterionRow {
  id: number;
  kind: CriterionKind;
  values: Partial<Record<string, string>>;
  onlyNow: boolean;
}

/** A row as it begins. */
export const newRow = (id: number, kind: CriterionKind = 'supplier_batch'): CriterionRow => ({
  id,
  kind,
  values: {},
  onlyNow: false,
});

/** Whether everything that a row needs is filled in. */
export function isComplete(row: CriterionRow): boolean {
  return FIELDS[row.kind].every((field) => field.endsWith('?') || (row.values[field] ?? '').trim() !== '');
}

/** Fields that take several values at once; each of them is a criterion of its own. */
export const SEVERAL = new Set<string>(['supplier_batch', 'batch']);

/** The values of a field that takes several. */
export const valuesOf = (text: string | undefined) =>
  (text ?? '').split('\n').flatMap((one) => one.trim() || []);

/** A row as the server wants it: one criterion, or one for each of its batches. */
export function criterionOf(row: CriterionRow): Record<string, unknown>[] {
  if (!SEVERAL.has(row.kind)) return [single(row)];
  return valuesOf(row.values[row.kind]).map((value) =>
    single({ ...row, values: { ...row.values, [row.kind]: value } }),
  );
}

function single(row: CriterionRow): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const field of FIELDS[row.kind]) {
    const name = field.replace('?', '');
    const value = (row.values[name] ?? '').trim();
    if (value !== '') found[name] = value;
  }
  if (row.onlyNow && THROUGH_PARTS.has(row.kind)) found['only_now'] = true;
  return found;
}

/** What is recalled: products that count as units; empty: whatever nothing else holds. */
export interface Criteria {
  any: Record<string, unknown>[];
  products?: string[];
}

/** All complete rows as criteria; null while there is none. */
export function criteriaOf(rows: CriterionRow[], products: string[]): Criteria | null {
  const any = rows.filter(isComplete).flatMap(criterionOf);
  if (any.length === 0) return null;
  return { any, ...(products.length > 0 && { products }) };
}
