import { describe as about, expect, it, vi } from 'vitest';
import { treesOf } from '../test/trees';
import {
  Decimal,
  decimal,
  describe,
  evaluate,
  Fault,
  fieldsOf,
  isDate,
  momentIn,
  readDate,
  readMoment,
  readsNow,
  toText,
  zonedText,
  type Node,
  type Value,
  type WallTime,
} from './index';
import texts from './texts.json';

const FORMULAS = [
  '数量*{单价}+数量',
  'IF(NOW()>到期, "过期", "")',
  '1/0',
  '数量&"件"',
  '"abc"+1',
  '没有',
  'TODAY()',
];
const trees = treesOf(FORMULAS);
const tree = (formula: string): Node => trees.get(formula)!;

function faultOf(formula: string, scope: Record<string, Value> = {}): Fault {
  const found = evaluate(tree(formula), (name) => scope[name]);
  if (!(found instanceof Fault)) throw new Error('it came to something');
  return found;
}

about('a formula', () => {
  it('names the fields that it reads, each once', () => {
    expect(fieldsOf(tree('数量*{单价}+数量'))).toEqual(['数量', '单价']);
  });

  it('says whether it depends on the present moment', () => {
    expect(readsNow(tree('IF(NOW()>到期, "过期", "")'))).toBe(true);
    expect(readsNow(tree('1/0'))).toBe(false);
  });

  it('keeps numbers from outside within 34 digits, whatever made them', () => {
    const scope = { 数量: new Decimal('1.00000000000000000000000000000000049'), 单价: new Decimal(1) };
    expect(evaluate(tree('数量*{单价}+数量'), (name) => scope[name as '数量'])).toEqual(decimal(2));
    expect(faultOf('数量&"件"', { 数量: new Decimal('1e100') }).code).toBe('formula_number_too_large');
  });

  it('hands a fault on that a field is, with its own place', () => {
    const found = faultOf('数量&"件"', { 数量: new Fault('formula_no_match', 7, 9) });
    expect(found).toEqual(new Fault('formula_no_match', 0, 2));
  });

  it('takes the moment from the clock of the company where none is given', () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-20T16:30:00Z'), toFake: ['Date'] });
    try {
      const today = evaluate(tree('TODAY()'), () => undefined);
      expect([isDate(today), toText(today)]).toEqual([true, '2026-11-21']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells moments by the clocks of their time', () => {
    // Clocks were put forward in the summers of 1986 to 1991, and by the sun until 1901.
    expect(momentIn(Date.parse('1988-07-01T00:00:00Z'), 'Asia/Shanghai').toString()).toBe(
      '1988-07-01 09:00:00',
    );
    expect(momentIn(Date.parse('1900-01-01T00:00:00Z'), 'Asia/Shanghai').toString()).toBe(
      '1900-01-01 08:05:43',
    );
  });
});

about('the words of a fault', () => {
  it('are said in both languages, with what they name', () => {
    expect(describe(faultOf('"abc"+1'), 'zh-CN').message).toBe('“abc”不是数字');
    expect(describe(faultOf('1/0'), 'en').message).toBe('Division by zero');
    expect(describe(faultOf('没有'), 'zh-CN')).toEqual({
      message: '没有字段“没有”',
      advice: '检查字段名，或从字段列表中选择。',
    });
  });

  it('leave out what is not known, and keep braces that are meant as such', () => {
    expect(describe({ code: 'formula_brace', params: {} }, 'zh').advice).toContain('写两个：{{ 或 }}');
    expect(describe({ code: 'formula_brace', params: {} }, 'zh').message).toBe('花括号  没有配对');
    expect(describe({ code: 'something_new', params: {} }, 'en')).toEqual({
      message: 'something_new',
      advice: '',
    });
  });

  it('are there for every code', () => {
    for (const [code, entry] of Object.entries(texts)) {
      expect(describe({ code, params: {} }, 'zh').message, code).not.toBe(code);
      expect(entry.en.length, code).toBeGreaterThan(0);
    }
  });
});

about('a moment as the clocks of a zone show it', () => {
  const written = (text: string) => zonedText(readDate(text) as WallTime, 'Asia/Shanghai');

  it('is written as the moment that it is', () => {
    expect(written('2026-11-21 08:30:15')).toBe('2026-11-21T00:30:15Z');
    expect(written('1988-07-01 09:00')).toBe('1988-07-01T00:00:00Z');
    expect(written('1900-01-01 08:05:43')).toBe('1900-01-01T00:00:00Z');
    expect(written('9999-12-31 23:59:59')).toBe('9999-12-31T15:59:59Z');
  });

  it('is read back to the last digit', () => {
    const read = readMoment('2026-11-21T08:30:15.0000864+08:00', 'Asia/Shanghai');
    expect(read?.micros).toBe(30_615_000_086);
    expect(zonedText(read!, 'Asia/Shanghai')).toBe('2026-11-21T00:30:15.000086Z');
    expect(readMoment('2026-11-21 08:30', 'Asia/Shanghai')).toBeNull();
  });

  it('is the earlier one where clocks were put back, and is told where they were put forward', () => {
    expect(written('1988-09-11 01:30')).toBe('1988-09-10T16:30:00Z');
    expect(written('1988-04-17 02:30')).toBe('1988-04-16T18:30:00Z');
  });
});
