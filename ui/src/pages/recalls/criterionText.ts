import type { useTranslation } from 'react-i18next';

/** A criterion in words, e.g. 供应商批次 PB-2609-B. */
export function criterionText(
  criterion: Record<string, unknown>,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  const text = (name: string) => {
    const value = criterion[name];
    if (Array.isArray(value)) return value.slice(0, 3).join(' ') + (value.length > 3 ? ' …' : '');
    return typeof value === 'string' ? value : '';
  };
  for (const kind of ['supplier_batch', 'batch', 'component'] as const) {
    if (kind in criterion) return `${t(`recalls.kind.${kind}`)} ${text(kind)}`;
  }
  if ('codes' in criterion) return `${t('recalls.kind.codes')} ${text('codes').slice(0, 60)}`;
  const span = `${text('from')} – ${text('to')}`;
  if ('line' in criterion) return `${t('recalls.field.line')} ${text('line')} ${span}`;
  return `${text('product')} ${span}`;
}

/** The criteria of a recall in words. */
export function criteriaTexts(
  criteria: Record<string, unknown>,
  t: ReturnType<typeof useTranslation>['t'],
): string[] {
  const any = criteria['any'];
  return Array.isArray(any) ? any.map((one) => criterionText(one as Record<string, unknown>, t)) : [];
}
