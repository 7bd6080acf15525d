import { useTranslation } from 'react-i18next';

const YEAR = 365;
const MONTH = 30;

/** Writes a number of days as people say it: whole years or months where they are whole, else days. */
export function useDuration(): (days: number | null | undefined) => string {
  const { t } = useTranslation();
  return (days) => {
    if (days === null || days === undefined) return '';
    if (days > 0 && days % YEAR === 0) return t('products.years', { count: days / YEAR });
    if (days > 0 && days % MONTH === 0) return t('products.months', { count: days / MONTH });
    return t('products.days', { count: days });
  };
}
