import { describe, expect, it } from 'vitest';
import { differences } from './differences';
import { node } from './testing';

describe('differences', () => {
  const before = node('start', 'start', node('fill', 'a'), node('approve', 'b'), node('scan', 'c'));

  it('finds none between a drawing and itself', () => {
    expect(differences(before, before)).toEqual([]);
  });

  it('names what only one of them has, what both say otherwise, and what stands elsewhere', () => {
    const mine = node(
      'start',
      'start',
      node('fill', 'a'),
      node('copy', 'd'),
      node('approve', 'b'),
      node('scan', 'c'),
    );
    const changed = { ...node('fill', 'a'), options: { hint: 'x' } };
    const theirs = node(
      'start',
      'start',
      changed,
      node('scan', 'c'),
      node('approve', 'b'),
      node('wait', 'e'),
    );
    expect(differences(mine, theirs).map(({ id, what }) => [id, what])).toEqual([
      ['a', 'changed'],
      ['d', 'mine'],
      ['b', 'moved'],
      ['c', 'moved'],
      ['e', 'theirs'],
    ]);
  });
});
