import { describe, expect, it } from 'vitest';
import { fileOf, hasTitles, look } from './clipboard';

describe('what was copied from a sheet', () => {
  it('is counted, and its first row is told to be titles or values', () => {
    const copied = look('序列号*\t重量\nA1\t1\nA2\t2\n');
    expect(copied).toMatchObject({ columns: 2, lines: 3 });
    expect(hasTitles(copied!, new Set(['序列号']))).toBe(true);
    expect(hasTitles(look('A1\t1')!, new Set(['序列号']))).toBe(false);
    expect(look(' \n')).toBeNull();
  });

  it('gets titles in the order of the fields where it has none', async () => {
    const file = fileOf(look('A1\t1')!, ['序列号', '重量', '备注']);
    expect(await file.text()).toBe('序列号\t重量\nA1\t1');
    expect(await fileOf(look('a\tb')!, null).text()).toBe('a\tb');
  });

  it('does not stop the page when it is ten megabytes', () => {
    const text = 'RO260908L010037\t12.5\t合格\n'.repeat(400_000);
    const begun = performance.now();
    expect(look(text)?.lines).toBe(400_000);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
