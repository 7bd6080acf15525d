import { useTranslation } from 'react-i18next';
import type { RecordChange } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';

interface DifferenceListProps {
  changes: RecordChange['fields'];
  fields: readonly FormField[];
}

/** What was changed, field by field in the order of the form: from what to what. */
export function DifferenceList({ changes, fields }: DifferenceListProps) {
  const { t } = useTranslation();
  const known = fields.filter((one) => changes[one.id] !== undefined);
  const gone = Object.keys(changes).length - known.length;
  return (
    <dl className="record-differences">
      {known.map((one) => (
        <div key={one.id}>
          <dt className="muted">{one.title}</dt>
          <dd>
            <span className="record-was">
              <ShowValue field={one} value={changes[one.id]?.from} />
            </span>
            <span className="muted" aria-label={t('records.became')}>
              →
            </span>
            <span>
              <ShowValue field={one} value={changes[one.id]?.to} />
            </span>
          </dd>
        </div>
      ))}
      {gone > 0 && <p className="hint">{t('records.gone', { count: gone })}</p>}
    </dl>
  );
}
