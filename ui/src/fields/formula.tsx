import { useTranslation } from 'react-i18next';
import dayjs from 'dayjs';
import type { InputProps, ShowProps } from '../forms/control';
import { asText, isEmpty } from '../forms/model';

export const shape = 'derived';

/** What a formula came to (公式), in words: a number with its decimals and unit, a moment by the clock here. */
export function Show({ field, value }: ShowProps) {
  const { t } = useTranslation();
  const { unit, result } = field.options ?? {};
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') {
    return (
      <span className="number">
        {value.toLocaleString(undefined, { maximumFractionDigits: 6 })}
        {typeof unit === 'string' && unit !== '' && <span className="muted"> {unit}</span>}
      </span>
    );
  }
  const moment = typeof value === 'string' && (result === 'datetime' || MOMENT.test(value));
  return moment ? dayjs(value).format('YYYY-MM-DD HH:mm') : asText(value);
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

/** Nothing to fill in: it follows from the other fields, and shows at once what they come to. */
export function Input({ field, id, value, describedBy, dense }: InputProps) {
  const { t } = useTranslation();
  return (
    <output
      id={id}
      className="field-derived"
      aria-describedby={describedBy}
      aria-live={dense ? 'off' : 'polite'}
    >
      {isEmpty(value) ? (
        <span className="field-empty">{t('fields.toCome')}</span>
      ) : (
        <Show field={field} value={value} />
      )}
    </output>
  );
}
