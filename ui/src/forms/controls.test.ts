import { describe, expect, it } from 'vitest';
import { controlOf, fieldsOf, ownKinds, shape } from './controls';
import type { FormField, KindInfo } from './model';

function kind(name: string, more: Partial<KindInfo>): KindInfo {
  return {
    name,
    title: { zh: name, en: name },
    holds: 'value',
    stores: [],
    names: false,
    many: false,
    derived: false,
    issued: false,
    ...more,
  };
}

const field = (name: string): FormField => ({ id: name, code: name, kind: name, title: name });

describe('the control of a field', () => {
  it('is there for every kind that has a file', () => {
    for (const name of ownKinds) {
      const { Input, Show } = controlOf(field(name), new Map());
      expect([typeof Input, typeof Show], name).toEqual(['function', 'function']);
    }
  });

  it.each([
    [{ stores: ['text'] }, 'text', 'text'],
    [{ stores: ['number'] }, 'number', 'number'],
    [{ stores: ['boolean'] }, 'boolean', 'switch'],
    [{ stores: ['date', 'date'] }, 'date_range', 'date_range'],
    [{ stores: ['moment'] }, 'moment', 'datetime'],
    [{ stores: ['json'] }, 'json', 'anything'],
    [{ stores: ['number', 'text'] }, 'json', 'anything'],
    [{ stores: ['reference'], names: true }, 'reference', 'reference'],
    [{ stores: ['json'], names: true, many: true }, 'references', 'references'],
    [{ derived: true }, 'derived', 'derived'],
    [{ stores: ['text'], issued: true }, 'derived', 'derived'],
    [{ holds: 'rows' as const }, 'rows', 'subform'],
    [{ holds: 'layout' as const }, 'layout', 'section'],
  ])('is that of its shape where its kind has none: %o', (more, kept, control) => {
    const kinds = new Map([['new_kind', kind('new_kind', more)]]);
    expect(shape(field('new_kind'), kinds)).toBe(kept);
    expect(controlOf(field('new_kind'), kinds)).toBe(controlOf(field(control), new Map()));
  });

  it('is one for text where nothing is known of the kind', () => {
    expect(controlOf(field('never_heard'), new Map())).toBe(controlOf(field('text'), new Map()));
  });

  it('is found through what is only layout, not through sub-tables', () => {
    const inner = { ...field('subform'), fields: [field('number')] };
    const form = [{ ...field('section'), fields: [field('text'), inner] }];
    expect(fieldsOf(form, new Map()).map((one) => one.kind)).toEqual(['text', 'subform']);
  });
});
