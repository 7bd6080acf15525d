import type { FormField, KindInfo, Values } from '../../forms/model';
import type { PublicOption } from './calls';

/** What can be chosen in the fields that look things up, by the field's id. */
export type Offered = Readonly<Partial<Record<string, readonly PublicOption[]>>>;

const words = (one: PublicOption) => (one.name === one.code ? one.code : `${one.name} ${one.code}`);

/** The fields as this page draws them: what is looked up is chosen from what the link offers, or typed. */
export function drawn(
  fields: readonly FormField[],
  kinds: ReadonlyMap<string, KindInfo>,
  offered: Offered,
): FormField[] {
  return fields.map((one) => {
    const inner = one.fields === undefined ? {} : { fields: drawn(one.fields, kinds, offered) };
    if (kinds.get(one.kind)?.names !== true) return { ...one, ...inner };
    const options = offered[one.id];
    return options === undefined || options.length === 0
      ? { ...one, kind: 'text', options: { longest: 200 } }
      : { ...one, kind: 'select', options: { choices: options.map(words) } };
  });
}

/** The values as they are sent: of what was chosen its code. */
export function coded(values: Values, fields: readonly FormField[], offered: Offered): Values {
  const sent: Values = { ...values };
  for (const one of fields) {
    const value = values[one.code];
    if (Array.isArray(value) && one.fields !== undefined) {
      const inner = one.fields;
      sent[one.code] = (value as Values[]).map((row) => coded(row, inner, offered));
    } else {
      if (one.fields !== undefined) Object.assign(sent, coded(sent, one.fields, offered));
      const chosen = offered[one.id]?.find((option) => words(option) === value);
      if (chosen !== undefined) sent[one.code] = chosen.code;
    }
  }
  return sent;
}
