import type { Kinds } from '../../../forms/controls';
import type { FormField } from '../../../forms/model';
import { columnsOf } from './scanning';

/** The fields that a flow can write, through what is only layout: nothing that is worked out or issued. */
export function writable(fields: readonly FormField[], kinds: Kinds): FormField[] {
  return columnsOf(fields, (kind) => kinds.get(kind)?.holds === 'layout').filter((one) => {
    const kind = kinds.get(one.kind);
    return kind === undefined || !(kind.derived || kind.computed === true || kind.issued);
  });
}

/** Assignments of the columns that two sub-tables have alike: of the same code, or of the same title and kind. */
export function matched(table: FormField, source: FormField, kinds: Kinds): Record<string, unknown>[] {
  const theirs = columnsOf(source.fields ?? [], (kind) => kinds.get(kind)?.holds === 'layout');
  return writable(table.fields ?? [], kinds).flatMap((one) => {
    const twin =
      theirs.find((other) => other.code === one.code && other.kind === one.kind) ??
      theirs.find((other) => other.title === one.title && other.kind === one.kind);
    return twin === undefined ? [] : [{ field: one.code, from: twin.code }];
  });
}
