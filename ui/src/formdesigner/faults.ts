import type { Problem, ProblemItem } from '../api/problem';
import type { FormField } from '../forms/model';

/** Something wrong with a field: which, and which of its properties. */
export interface Fault extends ProblemItem {
  field: string;
  title: string;
  /** `code`, `options/choices`; empty where it is about the whole field. */
  property: string;
}

/** The faults of a refused form at their fields, found by pointers such as `/fields/2/fields/0/code`. */
export function faultsOf(problem: Problem | null, fields: readonly FormField[]): Fault[] {
  return (problem?.errors ?? []).flatMap((error) => {
    const parts = (error.pointer ?? '').split('/').filter((one) => one !== '');
    let within = fields;
    let one: FormField | undefined;
    let at = parts[0] === 'body' ? 1 : 0;
    while (parts[at] === 'fields') {
      const next: FormField | undefined = within[Number(parts[at + 1])];
      if (next === undefined) break;
      [one, within, at] = [next, next.fields ?? [], at + 2];
    }
    if (one === undefined) return [];
    return [{ ...error, field: one.id, title: one.title, property: parts.slice(at).join('/') }];
  });
}
