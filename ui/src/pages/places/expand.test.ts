import { describe, expect, it } from 'vitest';
import { expand } from './expand';

describe('patterns of bin codes', () => {
  it('count numbers with the width of the first', () => {
    expect(expand('A-[08-11]')).toEqual(['A-08', 'A-09', 'A-10', 'A-11']);
  });

  it('combine several ranges in walking order', () => {
    expect(expand('[A-B]-[1-2]x')).toEqual(['A-1x', 'A-2x', 'B-1x', 'B-2x']);
  });

  it('leave a plain code as it is', () => {
    expect(expand('A-01')).toEqual(['A-01']);
  });

  it('refuse ranges that run backwards and too many at once', () => {
    expect(expand('A-[9-1]')).toBeNull();
    expect(expand('[1-100]-[1-100]')).toBeNull();
  });
});
