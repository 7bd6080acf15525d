/** A large number as people say it: 1.1 万亿, 1.1T; exact up to eight digits. */
export function large(value: number, language: string): string {
  if (value < 1e8) return Math.round(value).toLocaleString('en');
  if (language === 'en') return value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 1 });
  for (const [size, word] of [
    [1e16, '亿亿'],
    [1e12, '万亿'],
    [1e8, '亿'],
  ] as const) {
    if (value >= size) {
      const many = value / size;
      return `${many >= 1e4 ? many.toExponential(1) : many.toPrecision(2).replace(/^(\d+)e\+?\d+$/, String(Math.round(many)))} ${word}`;
    }
  }
  return String(value);
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
