import { useTranslation } from 'react-i18next';
import type { InputProps, ShowProps } from '../forms/control';
import { asText, isEmpty } from '../forms/model';

export const shape = 'derived';

/** What the system works out or issues itself: nothing to fill in. */
export function Input({ id, value }: InputProps) {
  const { t } = useTranslation();
  return (
    <output id={id} className="field-derived">
      {isEmpty(value) ? t('fields.derived') : asText(value)}
    </output>
  );
}

export function Show({ value }: ShowProps) {
  return typeof value === 'number' ? (
    <span className="number">{value.toLocaleString(undefined, { maximumFractionDigits: 6 })}</span>
  ) : (
    asText(value)
  );
}
