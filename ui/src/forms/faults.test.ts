import { describe, expect, it } from 'vitest';
import type { Problem } from '../api/problem';
import { faultsOf, NO_FAULTS, settled, within } from './faults';
import type { FormField } from './model';

const fields: FormField[] = [
  { id: '1', code: 'serial', kind: 'text', title: '序列号', unique: true },
  {
    id: '2',
    code: 'checks',
    kind: 'subform',
    title: '检验项',
    fields: [{ id: '3', code: 'good/bad', kind: 'switch', title: '合格' }],
  },
];

function problem(...errors: NonNullable<Problem['errors']>): Problem {
  return { title: '不对', status: 422, code: 'invalid_input', errors };
}

describe('the faults of a refused record', () => {
  it('stand at their fields in the order of the form, rows and columns named', () => {
    const found = faultsOf(
      problem(
        { pointer: '/values/checks/1/good~1bad', code: 'entry_not_a_flag', message: '应是是或否。' },
        { pointer: '/values/serial', code: 'record_required', message: '没有填。', advice: '请填写。' },
      ),
      fields,
    );
    expect(found.list).toEqual([
      { place: '/serial', title: '序列号', message: '没有填。请填写。' },
      { place: '/checks/1/good/bad', title: '检验项 2 · 合格', message: '应是是或否。' },
    ]);
    expect(found.rest).toBeNull();
    expect(within(found.at, '/checks').get('/1/good/bad')).toBe('应是是或否。');
  });

  it('put a value that another record has at the field it is about', () => {
    const found = faultsOf(
      { ...problem({ code: 'record_duplicate', message: '“序列号”的值“A”已在记录 7 里。' }), status: 409 },
      fields,
    );
    expect(found.at.get('/serial')).toContain('已在记录 7 里');
  });

  it('keep what belongs to no field as a problem of the whole', () => {
    const other = { pointer: '/values/gone', code: 'record_unknown_field', message: '没有这个字段。' };
    const found = faultsOf(problem(other), fields);
    expect(found.list).toEqual([]);
    expect(found.rest?.errors).toEqual([other]);
    const bare = faultsOf({ title: '没有权限', status: 403, code: 'no_form_right' }, fields);
    expect(bare.rest?.title).toBe('没有权限');
  });

  it('go away from what is corrected, and only from there', () => {
    const found = faultsOf(
      problem(
        { pointer: '/values/serial', code: 'x', message: 'a' },
        { pointer: '/values/checks/0/what', code: 'x', message: 'b' },
        { pointer: '/values/checks/1/what', code: 'x', message: 'c' },
      ),
      fields,
    );
    const typed = settled(found, 'checks', [{ what: '' }, { what: '' }], [{ what: '' }, { what: 'y' }]);
    expect([...typed.at.keys()]).toEqual(['/serial', '/checks/0/what']);
    const shorter = settled(found, 'checks', [{ what: '' }, { what: '' }], [{ what: '' }]);
    expect([...shorter.at.keys()]).toEqual(['/serial']);
    expect(settled(NO_FAULTS, 'serial', '', 'x')).toBe(NO_FAULTS);
  });
});
