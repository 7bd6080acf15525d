import { useKinds } from './calls';
import { controlOf } from './controls';
import type { FormField } from './model';
import { isEmpty } from './model';

/** A value as its kind shows it; an empty one as a dash. */
export function ShowValue({ field, value, short }: { field: FormField; value: unknown; short?: boolean }) {
  const kinds = useKinds();
  if (isEmpty(value)) return <span className="field-empty">—</span>;
  const { Show } = controlOf(field, kinds);
  return <Show field={field} value={value} {...(short && { short })} />;
}
