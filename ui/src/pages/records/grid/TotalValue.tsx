import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../forms/model';
import { ShowValue } from '../../../forms/ShowValue';
import type { Method } from '../views/model';

/** What records add up to. */
export function TotalValue({ field, method, value }: { field: FormField; method: Method; value: unknown }) {
  const { t } = useTranslation();
  if (value === null || value === undefined) return <span className="field-empty">—</span>;
  return (
    <b className="grid-sum" title={t(`records.total.${method}`)}>
      {method === 'filled' ? (
        <span className="number">{Number(value).toLocaleString()}</span>
      ) : (
        <ShowValue field={field} value={value} short />
      )}
    </b>
  );
}
