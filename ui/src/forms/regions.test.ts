import { describe, expect, it } from 'vitest';
import { byName, pathOf, provinces } from './regions';

describe('regions', () => {
  it('leads from the province down to a district, a city or a province', async () => {
    const list = await provinces();
    expect(pathOf(list, '440106')).toEqual(['440000', '440100', '440106']);
    expect(pathOf(list, '440100')).toEqual(['440000', '440100']);
    expect(pathOf(list, '110000')).toEqual(['110000']);
    expect(pathOf(list, '')).toEqual([]);
    expect(pathOf(list, '999999')).toEqual(['999999']);
  });

  it('finds by a part of the name', async () => {
    const [first] = await provinces();
    expect(byName('北京', [first ?? {}])).toBe(true);
    expect(byName('天河', [first ?? {}])).toBe(false);
  });

  it('holds every district once, each with the code of its province', async () => {
    const seen = new Set<string>();
    for (const province of await provinces()) {
      for (const city of province.children ?? []) {
        for (const one of [city, ...(city.children ?? [])]) {
          expect(one.value).toMatch(/^\d{6}$/);
          expect(one.value.slice(0, 2)).toBe(province.value.slice(0, 2));
          expect(seen.has(one.value)).toBe(false);
          seen.add(one.value);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(2800);
  });
});
