import { describe, expect, it } from 'vitest';
import { clock } from './duration';

describe('a duration', () => {
  it.each([
    [5400, '1:30'],
    [45, '0:00:45'],
    [0, '0:00'],
    [129_600, '36:00'],
    [3661, '1:01:01'],
  ])('of %d seconds is written as %s', (seconds, text) => expect(clock(seconds)).toBe(text));
});
