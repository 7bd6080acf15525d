import type { FormField } from './model';

/** How many fields within a part of the form have something wrong in them. */
export function faultsWithin(part: FormField, faults?: ReadonlyMap<string, string>): number {
  if (faults === undefined || faults.size === 0) return 0;
  const at = [...faults.keys()];
  const count = (field: FormField): number => {
    const own = at.some((one) => one === `/${field.code}` || one.startsWith(`/${field.code}/`)) ? 1 : 0;
    return own > 0 ? own : (field.fields ?? []).reduce((sum, one) => sum + count(one), 0);
  };
  return count(part);
}

/** Whether a place, as the list of faults names it, lies within a part of the form. */
export function liesWithin(part: FormField, place: string): boolean {
  const code = place.split('/')[1] ?? '';
  return code !== '' && (part.fields ?? []).some((one) => one.code === code || liesWithin(one, place));
}
