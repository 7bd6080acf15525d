import type { FormRecord } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import { asText, isEmpty } from '../../forms/model';

const LONGEST = 60;

/** What a record is called: its first field that says something, else its number. */
export function titleOf(record: FormRecord, fields: readonly FormField[]): string {
  for (const one of fields) {
    const value = record.values[one.code];
    if (typeof value === 'boolean' || isEmpty(value) || one.fields !== undefined) continue;
    return asText(value).split('\n', 1)[0]?.slice(0, LONGEST) ?? '';
  }
  return `#${record.id}`;
}
