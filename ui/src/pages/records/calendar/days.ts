import dayjs from 'dayjs';
import type { FormRecord } from '../../../forms/calls';
import type { FormField, Shape } from '../../../forms/model';

const DAY = 'YYYY-MM-DD';

/** The days that a month shows, whole weeks from Monday on; or those of the week around a day. */
export function daysOf(day: string, span: 'month' | 'week'): string[] {
  const at = dayjs(day);
  const first = monday(span === 'month' ? at.startOf('month') : at);
  const last = span === 'month' ? monday(at.endOf('month')).add(6, 'day') : first.add(6, 'day');
  const found: string[] = [];
  for (let one = first; !one.isAfter(last, 'day'); one = one.add(1, 'day')) found.push(one.format(DAY));
  return found;
}

function monday(day: dayjs.Dayjs): dayjs.Dayjs {
  return day.subtract((day.day() + 6) % 7, 'day');
}

/** The days of a record: from the first to the last; null where it has none. */
export function spanOf(
  record: FormRecord,
  from: FormField,
  to: FormField | undefined,
): [string, string] | null {
  const value = record.values[from.code];
  const [first, within] = Array.isArray(value) ? (value as unknown[]) : [value, undefined];
  const begin = dayOf(first);
  if (begin === null) return null;
  const end = dayOf(to === undefined ? within : record.values[to.code]);
  return [begin, end === null || end < begin ? begin : end];
}

function dayOf(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  return value.length <= 10 ? value : dayjs(value).format(DAY);
}

/** The filter that finds what lies in a stretch of days. */
export function between(
  from: FormField,
  to: FormField | undefined,
  shape: Shape,
  first: string,
  last: string,
): unknown {
  const moment = shape === 'moment';
  const begin = moment ? dayjs(first).startOf('day').format() : first;
  const end = moment ? dayjs(last).add(1, 'day').startOf('day').format() : last;
  const early = { field: from.code, is: moment ? 'less' : 'at_most', value: end };
  const inside = { and: [{ field: from.code, is: 'at_least', value: begin }, early] };
  if (to === undefined) return inside;
  return { or: [inside, { and: [early, { field: to.code, is: 'at_least', value: begin }] }] };
}

/** The values of a record moved by some days; what has a time of day keeps it. */
export function shifted(
  record: FormRecord,
  fields: readonly FormField[],
  by: number,
): Record<string, unknown> {
  const one = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(one);
    if (typeof value !== 'string' || value === '') return value;
    return value.length <= 10
      ? dayjs(value).add(by, 'day').format(DAY)
      : dayjs(value).add(by, 'day').format();
  };
  return Object.fromEntries(
    fields
      .filter((field) => record.values[field.code] != null)
      .map((field) => [field.code, one(record.values[field.code])]),
  );
}

/** How many days lie from one to another. */
export function distance(from: string, to: string): number {
  return dayjs(to).diff(dayjs(from), 'day');
}
