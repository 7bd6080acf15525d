import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { FormRecord } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import { isEmpty } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';
import { titleOf } from './titleOf';

const TOLD = 4;

/** A record in a list on a phone: what it is called, and the first few fields that say something. */
export function RecordCard({ record, fields }: { record: FormRecord; fields: readonly FormField[] }) {
  const { t } = useTranslation();
  const told = fields
    .slice(1)
    .filter((one) => !isEmpty(record.values[one.code]))
    .slice(0, TOLD);
  return (
    <span className="record-card">
      <b className="record-card-title">{titleOf(record, fields)}</b>
      {told.map((one) => (
        <span key={one.id} className="record-card-line">
          <span className="muted">{one.title}</span>
          <span className="record-card-value">
            <ShowValue field={one} value={record.values[one.code]} short />
          </span>
        </span>
      ))}
      <span className="hint">
        {t('records.made', {
          by: record.created_by,
          at: dayjs(record.created_at).format('MM-DD HH:mm'),
        })}
      </span>
    </span>
  );
}
