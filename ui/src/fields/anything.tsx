import { useTranslation } from 'react-i18next';
import type { InputProps, ShowProps } from '../forms/control';
import { asText, isEmpty } from '../forms/model';

export const shape = 'json';

/** A value of a kind that this page cannot fill in yet: it is shown and kept. */
export function Input({ id, value }: InputProps) {
  const { t } = useTranslation();
  return (
    <output id={id} className="field-derived">
      {isEmpty(value) ? t('fields.notHere') : asText(value)}
    </output>
  );
}

export function Show({ value }: ShowProps) {
  return asText(value);
}
