import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing, Row } from './calls';

/** The names of states and operations in the reader's language. */
export interface Names {
  state: (code: string) => string;
  operation: (key: string) => string;
  /** Without the role in brackets. */
  short: (key: string) => string;
  /** Put names in place of the codes that a message of the server quotes. */
  inWords: (message: string) => string;
}

/** Gives names in the reader's language. */
export function useNames(drawing: Drawing, rows: Row[]): Names {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  return useMemo(() => {
    const states = new Map(drawing.states.map((one) => [one.code, (english ? one.en : one.zh) || one.code]));
    const operations = new Map(rows.map((row) => [row.key, english ? row.en : row.zh]));
    const operation = (key: string) => operations.get(key) ?? key;
    return {
      state: (code) => states.get(code) ?? code,
      operation,
      short: (key) => operation(key).replace(/\s*[（(].*[)）]$/, ''),
      inWords: (message) =>
        message.replace(/“([^”]+)”/g, (whole, word: string) => {
          const name = states.get(word) ?? operations.get(word);
          return name === undefined ? whole : `“${name}”`;
        }),
    };
  }, [drawing.states, rows, english]);
}
