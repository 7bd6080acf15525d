import { describe, expect, it } from 'vitest';
import type { Segment } from './calls';
import { expected, large, percent } from './numbers';
import {
  atTheEnd,
  bodies,
  following,
  insert,
  move,
  placed,
  split,
  usualPlace,
  waysApart,
  widthOf,
  fitting,
} from './segments';

const WM: Segment[] = [
  { kind: 'constant', value: 'WM' },
  { kind: 'date', format: 'YYMMDD' },
  { kind: 'field', name: 'line', width: 3 },
  { kind: 'counter', width: 4, reset: 'day', per: ['line'] },
  { kind: 'check', method: 'iso7064_mod37_36' },
];

describe('segments on the board', () => {
  it('gives a new segment an id of its own', () => {
    const [board, id] = insert(placed(WM), { kind: 'random', length: 2 }, 1);
    expect(board.map((one) => one.body.kind)).toEqual([
      'constant',
      'random',
      'date',
      'field',
      'counter',
      'check',
    ]);
    expect(board.filter((one) => one.id === id)).toHaveLength(1);
  });

  it('puts new segments before the check, and a check last', () => {
    expect(usualPlace(placed(WM), 'random')).toBe(4);
    expect(usualPlace(placed(WM), 'check')).toBe(5);
  });

  it('moves a segment, but not beyond the ends', () => {
    const board = placed(WM);
    expect(move(board, 0, 2).map((one) => one.id)).toEqual([1, 2, 0, 3, 4]);
    expect(move(board, 0, -1)).toBe(board);
    expect(move(board, 4, 5)).toBe(board);
  });

  it('leaves out what is empty when it is sent', () => {
    expect(bodies(placed([{ kind: 'counter', width: 4, end: null, begins: '' }]))).toEqual([
      { kind: 'counter', width: 4 },
    ]);
  });
});

describe('a code taken apart', () => {
  it('is cut by the widths of the segments', () => {
    expect(split(WM, 'WM261121L010001Q').map((part) => part.text)).toEqual([
      'WM',
      '261121',
      'L01',
      '0001',
      'Q',
    ]);
  });

  it('gives what is left to the one segment of open width', () => {
    const open: Segment[] = [
      { kind: 'field', name: 'batch', width: 8, fit: 'up_to' },
      { kind: 'counter', width: 2 },
    ];
    expect(split(open, 'B2601').map((part) => part.text)).toEqual(['B26', '01']);
  });

  it('stays whole where the widths do not fit', () => {
    expect(split(WM, 'SHORT')).toEqual([{ kind: 'constant', text: 'SHORT' }]);
  });

  it.each([
    [{ kind: 'date', format: 'Y_VIN' }, 1],
    [{ kind: 'date', format: 'YYWWD' }, 5],
    [{ kind: 'check', method: 'iso7064_mod97_10' }, 2],
    [{ kind: 'random', length: 12 }, 12],
  ])('knows the width of %o', (segment, width) => {
    expect(widthOf(segment)).toBe(width);
  });
});

describe('examples', () => {
  it.each([
    ['L01', 'L02'],
    ['L09', 'L10'],
    ['L99', undefined],
    ['ABC', undefined],
  ])('after %s comes %s', (value, next) => {
    expect(following(value)).toBe(next);
  });

  it('begin with the last number to show the last code', () => {
    const counter = (segments: Segment[] | undefined) =>
      segments?.find((one) => one.kind === 'counter')?.['start'];
    expect(counter(atTheEnd(WM))).toBe(9999);
    expect(counter(atTheEnd([{ kind: 'counter', width: 2, start: 5, step: 10 }]))).toBe(95);
    expect(counter(atTheEnd([{ kind: 'counter', width: 2, base: 32 }]))).toBe(1023);
    expect(atTheEnd([{ kind: 'counter', width: 18 }])).toBeUndefined();
    expect(atTheEnd([{ kind: 'random', length: 8 }])).toBeUndefined();
  });

  it('are kept apart from another rule by a beginning or by a letter in front', () => {
    expect(waysApart(WM).map((way) => `${way.how} ${way.letter}`)).toEqual([
      'begins W',
      'begins X',
      'prefix W',
      'prefix X',
    ]);
    expect(waysApart(WM)[0]?.segments[2]).toEqual({ kind: 'field', name: 'line', width: 3, begins: 'W' });
  });
});

describe('a number that is added', () => {
  const number = { kind: 'counter', width: 4, reset: 'day', per: ['product', 'line'] };

  it('never starts again where the code shows no date, and counts apart only what the code shows', () => {
    const alone = placed([{ kind: 'constant', value: 'X' }]);
    expect(fitting(alone, number)).toEqual({ ...number, reset: 'never', per: [] });
  });

  it('keeps what the code shows', () => {
    const full = placed([
      { kind: 'product' },
      { kind: 'date', format: 'YYMMDD' },
      { kind: 'field', name: 'line', width: 3 },
    ]);
    expect(fitting(full, number)).toEqual(number);
  });
});

describe('numbers as people say them', () => {
  it.each([
    [9999, '9,999'],
    [1_048_575, '1,048,575'],
    [1_099_511_627_776, '1.1 万亿'],
    [250_000_000, '2.5 亿'],
    [1.153e18, '1.2×10¹⁸'],
  ])('%d is %s', (value, words) => {
    expect(large(value, 'zh-CN')).toBe(words);
  });

  it('keeps a small share from looking like none', () => {
    expect([percent(0.014), percent(0), percent(0.00001), percent(1.5)]).toEqual([
      '1.4%',
      '0%',
      '<0.01%',
      '150%',
    ]);
    expect([expected(0), expected(0.4547), expected(0.0001), expected(1234.5)]).toEqual([
      '0',
      '0.45',
      '<0.01',
      '1,235',
    ]);
  });
});
