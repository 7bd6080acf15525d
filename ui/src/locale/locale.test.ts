import { describe, expect, it } from 'vitest';
import type { Language, Texts } from '../i18n';
import { texts } from '../i18n';

function leaves(part: Texts, path = ''): string[] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : leaves(value, `${path}${key}.`),
  );
}

function find(part: Texts, path: string): string | Texts | undefined {
  return path
    .split('.')
    .reduce<string | Texts | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), part);
}

function words(language: Language, key: string): string {
  const found = find(texts[language], key);
  return typeof found === 'string' ? found : '';
}

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

describe('texts', () => {
  it('exist in Chinese and in English', () => {
    expect(leaves(texts.en).sort()).toEqual(leaves(texts['zh-CN']).sort());
  });

  it('have the same placeholders in both languages', () => {
    const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    const different = leaves(texts.en).filter(
      (key) => holes(words('en', key)).join() !== holes(words('zh-CN', key)).join(),
    );
    expect(different).toEqual([]);
  });

  it('exist for every key that a page asks for', () => {
    const missing = Object.entries(sources).flatMap(([file, source]) =>
      [...source.matchAll(/\bt\(\s*'([^']+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => typeof find(texts['zh-CN'], key) !== 'string')
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('are in Chinese in the Chinese part', () => {
    const untranslated = leaves(texts['zh-CN']).filter((key) => {
      const letters = words('zh-CN', key).replaceAll(/\{\{\w+\}\}/g, '');
      // The same in both languages: names of codes and the like.
      return /[A-Za-z]{2}/.test(letters) && !/[\u4e00-\u9fff]/.test(letters) && words('en', key) !== letters;
    });
    expect(untranslated).toEqual([]);
  });
});
