import type { Decimal } from 'decimal.js';
import { rounded } from './decimals';
import { FaultError } from './faults';

// Amounts in Chinese capitals (大写金额), as banks and invoices want them.

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const UNITS = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];
const LARGEST = '1e16';

const digit = (at: number): string => DIGITS.charAt(at);

/** Write an amount of yuan in capitals, rounded to the fen: 壹仟肆佰零玖元伍角整. */
export function capitalAmount(amount: Decimal): string {
  const exact = rounded(amount, 2);
  if (exact.abs().gte(LARGEST)) throw new FaultError('formula_number_too_large');
  const [yuan = '0', cents = '00'] = exact.abs().toFixed(2).split('.');
  const [jiao, fen] = [Number(cents[0]), Number(cents[1])];
  let written = yuan === '0' ? '' : `${whole(yuan)}元`;
  if (jiao > 0) written += `${digit(jiao)}角`;
  else if (fen > 0 && yuan !== '0') written += '零';
  written = fen > 0 ? `${written}${digit(fen)}分` : `${written || '零元'}整`;
  return exact.lt(0) ? `负${written}` : written;
}

function whole(number: string): string {
  const groups = (number.padStart(16, '0').match(/.{4}/g) ?? []).map(Number).reverse();
  let [written, skipped] = ['', false];
  for (let place = GROUPS.length - 1; place >= 0; place--) {
    const group = groups[place] ?? 0;
    if (group === 0) {
      skipped = true;
      continue;
    }
    if (written !== '' && (group < 1000 || skipped)) written += '零';
    skipped = false;
    // 万亿 beside 亿: the 亿 is said once, 壹万零贰亿.
    const unit = place === 3 && (groups[2] ?? 0) > 0 ? '万' : (GROUPS[place] ?? '');
    written += inGroup(group) + unit;
  }
  return written;
}

function inGroup(group: number): string {
  let [written, zero] = ['', false];
  for (let place = 3; place >= 0; place--) {
    const here = Math.floor(group / 10 ** place) % 10;
    if (here === 0) {
      zero = written !== '';
      continue;
    }
    written += (zero ? '零' : '') + digit(here) + (UNITS[place] ?? '');
    zero = false;
  }
  return written;
}
