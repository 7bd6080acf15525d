import type { FormField } from './model';

/** The choices of a field in their order. */
export function choicesOf(field: FormField): string[] {
  const given = field.options?.['choices'];
  return Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : [];
}
