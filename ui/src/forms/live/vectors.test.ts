import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../formula';
import { readDate, toText, WallTime } from '../../formula';
import { treesOf } from '../../test/trees';
import { localFaults } from '../localFaults';
import type { FormField, Rule, Values } from '../model';
import { begun } from '../model';
import type { LiveState, LiveStates } from './live';
import { LiveForm } from './live';
import { settled } from './settling';
import { KINDS } from './testing';

interface Case {
  name: string;
  form: string;
  values: Values;
  stored?: Values;
  /** By the code of the field, then by what it names, then by the fact. */
  facts?: Record<string, Record<string, Record<string, Value>>>;
  result: Values | null;
  states: Record<string, LiveState>;
  faults: [string, string][];
}

/** Whether a code means anything only the server knows. */
const SERVERS = 'set to what nobody knows leaves it';

const vectors = JSON.parse(readFileSync('../tests/vectors/form_rules.json', 'utf8')) as {
  now: string;
  forms: Record<string, { fields: FormField[]; rules: Rule[] }>;
  cases: Case[];
};
const walk = (fields: readonly FormField[]): FormField[] =>
  fields.flatMap((one) => [one, ...walk(one.fields ?? [])]);
const texts = Object.values(vectors.forms).flatMap(({ fields, rules }) => [
  ...rules.flatMap((one) => [one.when, one.value ?? '']),
  ...walk(fields).flatMap((one) => [one.options?.['formula'], one.options?.['when']]),
]);
const written = texts.filter((one): one is string => typeof one === 'string' && one !== '');
const trees = Object.fromEntries(treesOf(written));
const now = readDate(vectors.now) as WallTime;

const usual = (state: LiveState) => state.shown && !state.required && !state.locked;

function told(states: LiveStates, at: string): [string, LiveState][] {
  return Object.entries(states).map(([code, state]) => [`${at}/${code}`, state]);
}

/** Moments are the same however their zone is written, and an empty row is like one whose cells are empty. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toISOString();
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const held = Object.entries(value).filter(([, one]) => one !== null && one !== '' && !emptyList(one));
  return Object.fromEntries(held.map(([name, one]) => [name, comparable(one)]));
}

const emptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

describe('rules and formulas of forms', () => {
  it.each(vectors.cases.filter((one) => one.name !== SERVERS))('$name', (one) => {
    const form = { ...vectors.forms[one.form]!, trees };
    const facts = (named: Value, code: string, fact: string) =>
      one.facts?.[code]?.[toText(named)]?.[fact] ?? null;
    const live = new LiveForm(form, KINDS, { facts });
    const withDefaults = (fields: readonly FormField[], values: Values): Values => {
      const found = {
        ...begun(fields.flatMap((it) => (it.kind === 'section' ? walk([it]) : [it]))),
        ...values,
      };
      for (const it of walk(fields)) {
        const rows = found[it.code];
        if (it.kind !== 'subform' || !Array.isArray(rows)) continue;
        found[it.code] = rows.map((row: Values) => withDefaults(it.fields ?? [], row));
      }
      return found;
    };
    const before = one.stored === undefined ? null : withDefaults(form.fields, one.stored);
    const given =
      before === null ? withDefaults(form.fields, one.values) : { ...before, ...withRows(one.values) };
    function withRows(values: Values): Values {
      const rows = walk(form.fields).filter((it) => it.kind === 'subform' && Array.isArray(values[it.code]));
      const filled = rows.map((it) => [
        it.code,
        (values[it.code] as Values[]).map((row) => withDefaults(it.fields ?? [], row)),
      ]);
      return { ...values, ...Object.fromEntries(filled) } as Values;
    }
    const worked = settled(live, given, before, now);
    const states = [
      ...told(worked.own, ''),
      ...Object.entries(worked.rows).flatMap(([table, rows]) =>
        worked.own[table]?.shown === false ? [] : rows.flatMap((row, at) => told(row, `/${table}/${at}`)),
      ),
    ].filter(([, state]) => !usual(state));
    expect(
      Object.fromEntries(
        states.map(([place, { shown, required, locked }]) => [place, { shown, required, locked }]),
      ),
    ).toEqual(one.states);
    const faults = localFaults({
      ...{ fields: form.fields, values: worked.values, worked, kinds: KINDS, language: 'zh' },
      ...{ states: {}, unclear: '', changed: before === null ? null : new Set(Object.keys(one.values)) },
    });
    // What is locked cannot be changed here at all; the server refuses those who try.
    const refused = one.faults.filter(([, code]) => code !== 'record_locked').map(([place]) => place);
    expect(faults.map((it) => it.place).sort()).toEqual(refused.sort());
    if (one.result !== null) expect(comparable(worked.values)).toEqual(comparable(one.result));
  });
});
