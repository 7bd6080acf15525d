import { describe, expect, it } from 'vitest';
import { fitted } from './fitting';
import { acceptOf, endingOf, filesOf, sizeText } from './model';
import { boxOf } from './strokes';

describe('files', () => {
  it('are read from what records say, and from bare ids', () => {
    const file = { id: 'a', name: 'a.pdf', size: 1, type: 'application/pdf', url: '/x', thumbnail: null };
    expect(filesOf([file, 'b', null, 7, { id: 'c' }]).map((one) => one.id)).toEqual(['a', 'b']);
    expect(filesOf(null)).toEqual([]);
    expect(filesOf('***').map((one) => one.name)).toEqual(['***']);
  });

  it('have sizes and endings as people read them', () => {
    expect([0, 1023, 1024, 20_480, 5_400_000].map(sizeText)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KB',
      '20 KB',
      '5.1 MB',
    ]);
    expect([endingOf('报告.pdf'), endingOf('x'), endingOf('a.step.zip')]).toEqual(['PDF', '', 'ZIP']);
  });

  it('are offered by what a field takes, all where it takes anything', () => {
    expect(acceptOf(['picture', 'pdf'])).toBe('image/*,.pdf,.ofd');
    expect(acceptOf(['picture', 'other'])).toBe('');
    expect(acceptOf([])).toBe('');
  });

  it('shrink to the longer side and never grow', () => {
    expect(fitted(4000, 3000, 2048)).toEqual({ width: 2048, height: 1536 });
    expect(fitted(3000, 4000, 2048)).toEqual({ width: 1536, height: 2048 });
    expect(fitted(800, 600, 2048)).toEqual({ width: 800, height: 600 });
    expect(fitted(10_000, 1, 100)).toEqual({ width: 100, height: 1 });
    expect(fitted(4000, 3000, 0)).toEqual({ width: 4000, height: 3000 });
  });

  it('of signatures are no larger than what was drawn', () => {
    const strokes = [
      [{ x: 100, y: 50 }],
      [
        { x: 140, y: 90 },
        { x: 120, y: 60 },
      ],
    ];
    expect(boxOf(strokes)).toEqual({ left: 88, top: 38, width: 64, height: 64 });
  });
});
