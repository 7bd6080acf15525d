import type { Segment } from './calls';

/** Rules to begin with, from what most companies need. */
export const TEMPLATES: { key: string; segments: Segment[] }[] = [
  {
    key: 'daily',
    segments: [
      { kind: 'product', source: 'category', width: 2 },
      { kind: 'date', format: 'YYMMDD' },
      { kind: 'field', name: 'line', width: 3 },
      { kind: 'counter', width: 4, reset: 'day', per: ['line'] },
      { kind: 'check', method: 'iso7064_mod37_36' },
    ],
  },
  {
    key: 'plain',
    segments: [
      { kind: 'constant', value: 'SN' },
      { kind: 'date', format: 'YYMM' },
      { kind: 'counter', width: 6, reset: 'month' },
    ],
  },
  {
    key: 'hidden',
    segments: [
      { kind: 'constant', value: 'A' },
      { kind: 'random', length: 12, alphabet: 'base32' },
      { kind: 'check', method: 'iso7064_mod37_36' },
    ],
  },
  {
    key: 'box',
    segments: [
      { kind: 'constant', value: 'BOX' },
      { kind: 'date', format: 'YYMMDD' },
      { kind: 'counter', width: 5, reset: 'day' },
    ],
  },
];
