import type { Node } from '../../formula';
import type { Kinds } from '../controls';
import type { FormField, KindInfo, Rule } from '../model';

// Trees and kinds for tests, as the server would give them.

const place = { start: 0, end: 0 };

export const name = (of: string): Node => ({ kind: 'field', name: of, ...place });
export const text = (value: string): Node => ({ kind: 'string', value, ...place });
export const number = (value: string): Node => ({ kind: 'number', value, ...place });
export const call = (of: string, ...given: Node[]): Node => ({
  kind: 'call',
  name: of,
  arguments: given,
  ...place,
});
export const two = (left: Node, operator: string, right: Node): Node => ({
  ...{ kind: 'binary', operator, left, right },
  ...place,
});

const kind = (of: string, stores: string[], more: Partial<KindInfo> = {}): KindInfo => ({
  ...{ name: of, title: { zh: of, en: of }, holds: 'value', stores },
  ...{ names: false, many: false, derived: false, issued: false, ...more },
});

/** Kinds of field enough for tests. */
export const KINDS: Kinds = new Map(
  [
    kind('text', ['text']),
    kind('number', ['number']),
    kind('money', ['number']),
    kind('date', ['date']),
    kind('datetime', ['moment']),
    kind('date_range', ['date', 'date']),
    kind('time', ['text']),
    kind('long_text', ['text']),
    kind('tags', ['json']),
    kind('choices', ['json']),
    kind('select', ['text']),
    kind('address', ['text', 'text']),
    kind('customer', ['reference'], { names: true }),
    kind('record', ['reference'], { names: true }),
    kind('member', ['reference'], { names: true }),
    kind('products', ['json'], { names: true, many: true }),
    kind('choice', ['text']),
    kind('switch', ['boolean']),
    kind('product', ['reference'], { names: true }),
    kind('formula', [], { computed: true }),
    kind('rollup', [], { computed: true }),
    kind('section', [], { holds: 'layout' }),
    kind('subform', [], { holds: 'rows' }),
  ].map((one) => [one.name, one]),
);

/** A field whose id and code are the same. */
export function field(code: string, of: string, more: Partial<FormField> = {}): FormField {
  return { id: code, code, kind: of, title: code, ...more };
}

/** A rule whose formulas are names of trees. */
export function rule(of: Rule['kind'], when: string, fields: string[], more: Partial<Rule> = {}): Rule {
  return { id: `${of} ${when} ${fields.join()}`, name: of, kind: of, when, fields, message: '', ...more };
}
