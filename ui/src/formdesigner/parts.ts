import { newClientKey } from '../api/clientKey';
import { wordsOf } from '../formulaeditor/reading';
import type { FormField, Rule } from '../forms/model';
import { copied, walk } from './tree';

/** Fields with the rules that are about nothing else. */
export interface Group {
  fields: FormField[];
  rules: Rule[];
}

/** Some fields of a form as a group to be kept: with the rules that are about them alone. */
export function groupFor(chosen: FormField[], all: readonly FormField[], rules: readonly Rule[]): Group {
  const own = new Set(walk(chosen).map((one) => one.id));
  const others = walk(all).filter((one) => !own.has(one.id));
  const inside = new Set(walk(chosen).flatMap((one) => [one.code, one.title]));
  const outside = new Set(
    others.flatMap((one) => [one.code, one.title]).filter((name) => name !== '' && !inside.has(name)),
  );
  const foreign = (formula: string) =>
    wordsOf(formula)
      .filter((one) => one.kind === 'name' || one.kind === 'bracket')
      .some((one) => outside.has(one.text.replace(/^[[{【]\s*|\s*[\]}】]$/gu, '').split('.')[0] ?? ''));
  return {
    fields: chosen,
    rules: rules.filter(
      (one) =>
        one.fields.length > 0 &&
        one.fields.every((id) => own.has(id)) &&
        !foreign(one.when) &&
        !foreign(one.value ?? ''),
    ),
  };
}

/** A group with ids of its own; codes are settled when it is put somewhere. */
export function copiedGroup({ fields, rules }: Group): Group {
  const fresh = copied(fields);
  const before = walk(fields);
  const ids = new Map(walk(fresh).map((one, at) => [before[at]?.id ?? '', one.id]));
  return {
    fields: fresh,
    rules: rules.map((one) => ({
      ...one,
      id: newClientKey(),
      fields: one.fields.flatMap((id) => ids.get(id) ?? []),
    })),
  };
}
