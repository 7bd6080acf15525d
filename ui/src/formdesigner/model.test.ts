import { beforeEach, describe, expect, it } from 'vitest';
import type { FormField } from '../forms/model';
import { clipboard, putClipboard } from './clipboard';
import { compare } from './comparing';
import { byName, compatible, kept } from './declared';
import { faultsOf } from './faults';
import type { Action, Board } from './model';
import { laid, nextPlace, reduce } from './model';
import { KINDS } from './testing';
import { copied, find, fresh, walk } from './tree';

const kinds = byName(KINDS);

function field(id: string, kind = 'text', inner?: FormField[]): FormField {
  return { id, code: id, kind, title: id, ...(inner && { fields: inner }) };
}

function board(...fields: FormField[]): Board {
  return laid(fields, kinds);
}

const after = (start: Board, ...actions: Action[]) => actions.reduce(reduce, start);
const drawn = (fields: readonly FormField[]): string =>
  fields.map((one) => one.id + (one.fields ? `(${drawn(one.fields)})` : '')).join(' ');
const shape = (at: Board) => drawn(at.present);

describe('a form on the board', () => {
  it('goes back step by step and forth again', () => {
    const start = board(field('a'), field('b'));
    const done = after(start, { do: 'select', ids: ['a'] }, { do: 'remove' });
    expect(shape(done)).toBe('b');
    const back = after(done, { do: 'undo' });
    expect(shape(back)).toBe('a b');
    expect(shape(after(back, { do: 'redo' }))).toBe('b');
    expect(after(back, { do: 'set', ids: ['a'], values: { required: true } }).future).toEqual([]);
  });

  it('takes the strokes of one typed word as one step', () => {
    const typed = ['序', '序列', '序列号'].map((title): Action => ({
      do: 'title',
      id: 'a',
      title,
      published: false,
      step: 'title a',
    }));
    const done = after(board(field('a')), ...typed);
    expect(done.past).toHaveLength(1);
    expect(find(done.present, 'a')).toMatchObject({ title: '序列号', code: '序列号' });
  });

  it('keeps the code of a field that is published or was given a code of its own', () => {
    const title = { do: 'title', id: 'a', title: '新名' } as const;
    expect(after(board(field('a')), { ...title, published: true }).present[0]?.code).toBe('a');
    const own = board({ ...field('a'), code: 'serial' });
    expect(after(own, { ...title, published: false }).present[0]?.code).toBe('serial');
  });

  it('remembers no step that changes nothing', () => {
    const start = board(field('a'));
    expect(after(start, { do: 'set', ids: ['a'], values: { required: false, width: 12 } })).toBe(start);
    expect(after(start, { do: 'move', ids: ['a'], place: { within: null, at: 1 } })).toBe(start);
    expect(after(start, { do: 'select', ids: ['no such'] })).toBe(start);
  });

  it('moves fields among each other, into containers and out again', () => {
    const start = board(field('a'), field('b'), field('s', 'section', [field('c')]));
    const behind = after(start, { do: 'move', ids: ['a'], place: { within: null, at: 2 } });
    expect(shape(behind)).toBe('b a s(c)');
    const into = after(start, { do: 'move', ids: ['a', 'b'], place: { within: 's', at: 1 } });
    expect(shape(into)).toBe('s(c a b)');
    const out = after(into, { do: 'move', ids: ['c'], place: { within: null, at: 0 } });
    expect(shape(out)).toBe('c s(a b)');
  });

  it('puts no container into itself and no sub-table into a sub-table', () => {
    const start = board(field('s', 'section', []), field('t', 'subform', []), field('u', 'subform', []));
    expect(after(start, { do: 'move', ids: ['s'], place: { within: 's', at: 0 } })).toBe(start);
    expect(after(start, { do: 'move', ids: ['t'], place: { within: 'u', at: 0 } })).toBe(start);
    expect(shape(after(start, { do: 'move', ids: ['t'], place: { within: 's', at: 0 } }))).toBe('s(t()) u()');
  });

  it('lets the columns of a sub-table have codes of their own, and no others alike', () => {
    const start = board(field('a'), field('t', 'subform', [field('x')]));
    const again = { ...field('n'), code: 'a' };
    const top = after(start, { do: 'add', fields: [again], place: { within: null, at: 2 } });
    expect(top.present[2]?.code).toBe('a_2');
    const column = after(start, { do: 'add', fields: [again], place: { within: 't', at: 1 } });
    expect(walk(column.present).find((one) => one.id === 'n')?.code).toBe('a');
    const out = after(column, { do: 'move', ids: ['n'], place: { within: null, at: 0 } });
    expect(out.present[0]?.code).toBe('a_2');
  });

  it('appends where the eye is: into a selected container, behind a selected field, else at the end', () => {
    const start = board(field('a'), field('t', 'subform', [field('x')]), field('b'));
    const one = [fresh(kinds.get('text')!, '文本')];
    const at = (ids: string[]) => nextPlace(after(start, { do: 'select', ids }), one);
    expect(at([])).toEqual({ within: null, at: 3 });
    expect(at(['a'])).toEqual({ within: null, at: 1 });
    expect(at(['t'])).toEqual({ within: 't', at: 1 });
    expect(at(['x'])).toEqual({ within: 't', at: 1 });
    const table = [fresh(kinds.get('subform')!, '明细')];
    expect(nextPlace(after(start, { do: 'select', ids: ['x'] }), table)).toEqual({ within: null, at: 2 });
  });

  it('copies with new ids and codes, whole containers as well', () => {
    const start = board(field('t', 'subform', [field('x')]));
    const done = after(start, { do: 'select', ids: ['t'] }, { do: 'duplicate' });
    const [first, second] = done.present;
    expect(second?.code).toBe('t_2');
    expect(second?.fields?.[0]).toMatchObject({ code: 'x', title: 'x' });
    expect(new Set(walk(done.present).map((one) => one.id)).size).toBe(4);
    expect(first?.id).toBe('t');
    expect(done.selected).toEqual([second?.id]);
  });

  it('is moved by the keyboard among its neighbours and no further', () => {
    const start = after(board(field('a'), field('b'), field('c')), { do: 'select', ids: ['b'] });
    expect(shape(after(start, { do: 'nudge', by: 1 }))).toBe('a c b');
    const first = after(start, { do: 'nudge', by: -1 });
    expect(shape(first)).toBe('b a c');
    expect(after(first, { do: 'nudge', by: -1 })).toBe(first);
  });

  it('leaves out what is as usual', () => {
    const start = board({ ...field('a'), width: 6, required: true });
    const done = after(start, {
      do: 'set',
      ids: ['a'],
      values: { width: 12, required: false, hint: '', default: null },
    });
    expect(done.present).toEqual([field('a')]);
  });
});

describe('the clipboard', () => {
  beforeEach(() => localStorage.clear());

  it('gives copies with ids of their own, every time anew', () => {
    putClipboard([field('a')]);
    const [one] = clipboard();
    const [other] = clipboard();
    expect(one).toMatchObject({ code: 'a', kind: 'text' });
    expect(one?.id).not.toBe(other?.id);
    expect(one?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is empty when what lies there cannot be read', () => {
    localStorage.setItem('mazhi.forms.clipboard', '{');
    expect(clipboard()).toEqual([]);
    expect(copied([])).toEqual([]);
  });
});

describe('what differs', () => {
  it('names what was added, changed, moved and deleted', () => {
    const old = [field('a'), field('b'), field('c'), field('d')];
    const now = [{ ...field('a'), required: true }, field('c'), field('b'), field('n')];
    expect(compare(old, now).map((one) => [one.field, one.what])).toEqual([
      ['a', 'changed'],
      ['c', 'moved'],
      ['b', 'moved'],
      ['n', 'added'],
      ['d', 'deleted'],
    ]);
    expect(compare(old, now)[0]).toMatchObject({ before: {}, after: { required: true } });
    expect(compare(old, old)).toEqual([]);
    const told = old.map((one) => ({ ...one, unique: false, options: { longest: 200 } }));
    expect(compare(told, old, () => ({ longest: 200 }))).toEqual([]);
    expect(compare(told, old, () => ({ longest: 100 }))).toHaveLength(old.length);
  });
});

describe('faults of the server', () => {
  it('are found at their fields, at any depth, with the property', () => {
    const fields = [field('a'), field('t', 'subform', [field('x')])];
    const error = { code: 'form_bad_code', message: '…' };
    const problem = {
      ...{ title: '…', status: 422, code: 'invalid_input' },
      errors: [
        { ...error, pointer: '/fields/1/fields/0/options/longest' },
        { ...error, pointer: '/fields/0' },
        { ...error, pointer: '/base' },
      ],
    };
    const found = faultsOf(problem, fields);
    expect(found.map(({ field: id, property }) => [id, property])).toEqual([
      ['x', 'options/longest'],
      ['a', ''],
    ]);
  });
});

describe('another kind', () => {
  it('is offered only where values survive', () => {
    const names = (name: string) => compatible(kinds.get(name)!, KINDS).map((one) => one.name);
    expect(names('date')).toEqual(['text', 'date', 'datetime']);
    expect(names('subform')).toEqual(['subform']);
    expect(names('product')).toEqual(['text', 'product']);
  });

  it('keeps the options that both have and drops the rest', () => {
    const one = { ...field('a'), unique: true, options: { longest: 9 } };
    const done = after(board(one), { do: 'set', ids: ['a'], values: kept(one, kinds.get('subform')!) });
    expect(done.present[0]).toEqual({ id: 'a', code: 'a', kind: 'subform', title: 'a' });
  });
});
