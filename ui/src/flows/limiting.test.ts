import { describe, expect, it } from 'vitest';
import { field, KINDS } from '../forms/live/testing';
import { apart, isWritable, limited } from './limiting';

const lines = field('lines', 'subform', { fields: [field('qty', 'number'), field('bin', 'text')] });
const fields = [
  field('title', 'text'),
  field('more', 'section', { fields: [field('price', 'number'), field('fault', 'text')] }),
  lines,
];
const codes = (of: readonly { code: string; fields?: readonly { code: string }[] }[]) =>
  of.map((one) =>
    one.fields === undefined ? one.code : `${one.code}(${one.fields.map((i) => i.code).join()})`,
  );

describe('a form as a step sees it', () => {
  it('takes away what the step does not give, and requires what it requires', () => {
    const {
      fields: seen,
      states,
      required,
    } = limited(
      fields,
      { title: 'read_only', price: 'hidden', fault: 'required', lines: 'read_only' },
      KINDS,
    );
    expect(states).toEqual({ title: 'read_only', price: 'hidden', lines: 'read_only' });
    expect([...required]).toEqual(['fault']);
    expect(seen[1]?.fields?.[1]).toMatchObject({ code: 'fault', required: true });
  });

  it('opens a table for the one column that may be written', () => {
    const states = { lines: 'read_only', 'lines.qty': 'required' } as const;
    expect(isWritable(lines, states)).toBe(true);
    const found = limited([lines], states, KINDS);
    expect([found.states, [...found.required]]).toEqual([{}, ['lines']]);
    expect(found.fields[0]?.fields).toMatchObject([
      { code: 'qty', required: true },
      { code: 'bin', read_only: true },
    ]);
  });

  it('divides what is to be filled in from what is only read, without empty parts', () => {
    const states = { title: 'read_only', price: 'read_only', fault: 'writable', lines: 'read_only' } as const;
    const [yours, rest] = apart(fields, states, KINDS);
    expect(codes(yours)).toEqual(['more(fault)']);
    expect(codes(rest)).toEqual(['title', 'more(price)', 'lines(qty,bin)']);
  });
});
