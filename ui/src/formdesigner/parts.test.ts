import { describe, expect, it } from 'vitest';
import type { FormField, Rule } from '../forms/model';
import type { Kind } from './declared';
import { byName } from './declared';
import { laid, reduce } from './model';
import { copiedGroup, groupFor } from './parts';
import { renamedFormula } from './renaming';
import { KINDS } from './testing';
import { walk } from './tree';

const option = (name: string, type: string) => ({
  ...{ name, type, title: { zh: '', en: '' }, hint: { zh: '', en: '' } },
  ...{ default: '', required: false },
});
const formula: Kind = {
  ...KINDS[0]!,
  name: 'formula',
  options: [option('formula', 'formula'), option('field', 'field')],
};
const kinds = byName([...KINDS, formula]);

const field = (code: string, kind = 'text', more: Partial<FormField> = {}): FormField => ({
  ...{ id: `id-${code}`, code, kind, title: `title ${code}` },
  ...more,
});
const rule = (id: string, when: string, ...fields: string[]): Rule => ({
  ...{ id, name: id, kind: 'show', when },
  fields: fields.map((one) => `id-${one}`),
});

const TABLE = field('lines', 'subform', { fields: [field('what', 'text', { options: { longest: 5 } })] });
const FIELDS = [field('a'), field('b'), TABLE, field('c')];

describe('a group of fields that is kept', () => {
  it('takes along the rules that are about nothing else', () => {
    const rules = [
      rule('own', 'b = "x"', 'a'),
      rule('looks elsewhere', 'c = "x"', 'a'),
      rule('is also about another', 'b = "x"', 'a', 'c'),
      rule('names another by its title', '{title c} = "x"', 'a'),
      rule('of a column', 'what = "c"', 'what'),
    ];
    const group = groupFor([field('a'), field('b'), TABLE], FIELDS, rules);
    expect(group.rules.map((one) => one.id)).toEqual(['own', 'of a column']);
  });

  it('comes with ids of its own, in its rules too', () => {
    const group = copiedGroup({ fields: [field('a'), TABLE], rules: [rule('r', 'a = "x"', 'what')] });
    const ids = walk(group.fields).map((one) => one.id);
    expect(new Set([...ids, 'id-a', 'id-lines', 'id-what']).size).toBe(6);
    expect(group.rules[0]?.fields).toEqual([ids[2]]);
    expect(group.rules[0]?.id).not.toBe('r');
    expect(group.fields[1]?.fields?.[0]?.options).toEqual({ longest: 5 });
  });

  it('goes on naming its own fields where their codes are taken', () => {
    const sum = field('sum', 'formula', { options: { formula: 'a & [lines.what] & "a" & z', field: 'a' } });
    const given = copiedGroup({ fields: [field('a'), TABLE, sum], rules: [rule('r', '{a} = "a"', 'sum')] });
    const start = laid([field('a'), field('lines', 'text')], kinds);
    const after = reduce(start, { do: 'add', ...given });
    expect(after.present.map((one) => one.code)).toEqual(['a', 'lines', 'a_2', 'lines_2', 'sum']);
    expect(after.present[4]?.options).toEqual({
      formula: 'a_2 & [lines_2.what] & "a" & z',
      field: 'a_2',
    });
    expect(after.rules.map((one) => one.when)).toEqual(['{a_2} = "a"']);
    const back = reduce(after, { do: 'undo' });
    expect([back.present.length, back.rules.length]).toEqual([2, 0]);
  });

  it('leaves names of columns alone that are called like a field', () => {
    const inner = field('inner', 'subform', {
      fields: [field('a'), field('twice', 'formula', { options: { formula: 'a & b' } })],
    });
    const given = copiedGroup({ fields: [field('a'), field('b'), inner], rules: [] });
    const after = reduce(laid([field('a'), field('b')], kinds), { do: 'add', ...given });
    expect(after.present[4]?.fields?.[1]?.options).toEqual({ formula: 'a & b_2' });
  });
});

describe('a formula with new codes', () => {
  it('keeps texts, functions and everything else as it was', () => {
    const names = new Map([['数量', '数量_2']]);
    expect(renamedFormula('SUM(数量, "数量") + {数量} *数量.x', names)).toBe(
      'SUM(数量_2, "数量") + {数量_2} *数量_2.x',
    );
  });
});
