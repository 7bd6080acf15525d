import type { FormField } from '../forms/model';
import { copied } from './tree';

const KEY = 'mazhi.forms.clipboard';

/** Keep fields for pasting, here or in another form of this browser. */
export function putClipboard(fields: readonly FormField[]): void {
  if (fields.length > 0) localStorage.setItem(KEY, JSON.stringify(fields));
}

/** What was copied last, with ids of its own; nothing where there is nothing, or nothing that can be read. */
export function clipboard(): FormField[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(found) ? copied(found as FormField[]) : [];
  } catch {
    return [];
  }
}
