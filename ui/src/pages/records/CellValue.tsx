import dayjs from 'dayjs';
import { Icon } from '../../components/Icon';
import type { FormRecord } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import { asText } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';

/** A field of a record in a list; what is linked by the name that it has. */
export function CellValue({ record, field }: { record: FormRecord; field: FormField }) {
  const value = record.values[field.code];
  const titles = record.titles[field.id];
  const masked = record.states[field.code] === 'masked';
  const named = titles === undefined ? undefined : linkedTitle(titles, value);
  return (
    <>
      {masked && <Icon name="hidden" size={14} />}
      {named ?? <ShowValue field={field} value={value} short />}
    </>
  );
}

function linkedTitle(titles: Record<string, unknown>, value: unknown): string | undefined {
  const codes = Array.isArray(value) ? value.map(asText) : value == null ? [] : [asText(value)];
  if (codes.length === 0) return undefined;
  return codes.map((code) => asText(titles[code]) || code).join('、');
}

/** What every record has besides its fields. */
export function SystemValue({ record, name }: { record: FormRecord; name: string }) {
  switch (name) {
    case '#id':
      return <span className="number hint">{record.id}</span>;
    case '#created_by':
      return record.created_by;
    case '#updated_by':
      return record.updated_by;
    case '#created_at':
      return <span className="number hint">{minute(record.created_at)}</span>;
    default:
      return <span className="number hint">{minute(record.updated_at)}</span>;
  }
}

function minute(moment: string): string {
  return dayjs(moment).format('YYYY-MM-DD HH:mm');
}
