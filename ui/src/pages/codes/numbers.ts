/** A large number as people say it: 1.1 万亿, 1.1T; exact up to eight digits. */
export function large(value: number, language: string): string {
  if (value < 1e8) return Math.round(value).toLocaleString('en');
  if (value >= 1e16) return power(value);
  if (language === 'en') return value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
  const [size, word] = value >= 1e12 ? [1e12, '万亿'] : [1e8, '亿'];
  const many = value / size;
  return `${many >= 10 ? Math.round(many) : many.toFixed(1)} ${word}`;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A number too large for words: 1.2×10¹⁸. */
function power(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential(1).split('e+');
  return `${digits}×10${exponent.replace(/\d/g, (digit) => RAISED.charAt(Number(digit)))}`;
}

/** A share as a percentage with a sensible number of digits. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0%';
  if (value < 0.01) return '<0.01%';
  return `${value >= 10 ? value.toFixed(0) : value.toPrecision(2)}%`;
}

/** An expected count, such as 0.45 times. */
export function expected(count: number): string {
  if (count === 0) return '0';
  if (count < 0.01) return '<0.01';
  return count >= 100 ? Math.round(count).toLocaleString('en') : count.toPrecision(2).replace(/\.0$/, '');
}
