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
