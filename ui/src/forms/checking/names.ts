import type { Check } from './refusal';
import { isObject, numberOf, Refusal, said, shown, textsOf } from './refusal';
import { length, line, printable, stripped } from './texts';

const LONGEST_CHOICE = 200;

/** One of several. */
export const choice: Check = (raw, options) => {
  const choices = textsOf(options, 'choices');
  if (typeof raw === 'string') {
    const text = stripped(raw);
    const own = options['other'] === true && printable(text) && text !== '' && length(text) <= LONGEST_CHOICE;
    if (choices.includes(text) || own || choices.includes(raw)) return true;
  }
  throw new Refusal('entry_not_a_choice', { value: shown(raw) });
};

/** Some of several. */
export const choices: Check = (raw, options) => {
  if (!Array.isArray(raw)) throw new Refusal('entry_not_a_list');
  const given = raw as unknown[];
  const known = textsOf(options, 'choices');
  const unknown = given.filter((one) => typeof one !== 'string' || !known.includes(one));
  if (unknown.length > 0) {
    throw new Refusal('entry_not_a_choice', { value: unknown.slice(0, 10).map(shown).join('、') });
  }
  const most = numberOf(options, 'most') ?? Infinity;
  if (new Set(given).size > most) throw new Refusal('entry_too_many', { limit: most });
  return given.length > 0;
};

/** Yes or no. */
export const flag: Check = (raw, options) => {
  const { yes, no } = options;
  const said = typeof raw === 'string' && yes !== no && [yes, no].includes(stripped(raw));
  if (!said && typeof raw !== 'boolean') throw new Refusal('entry_not_a_flag');
  return true;
};

const stepsOf = (path: string) =>
  path
    .split('/')
    .map(stripped)
    .filter((step) => step !== '');

/** A choice in steps. */
export const cascade: Check = (raw, options) => {
  const given: unknown[] | null = Array.isArray(raw)
    ? (raw as unknown[])
    : typeof raw === 'string'
      ? stepsOf(raw)
      : null;
  if (given === null || given.length === 0 || !given.every((one) => typeof one === 'string')) {
    throw new Refusal('entry_not_a_choice', { value: shown(raw) });
  }
  const paths = textsOf(options, 'paths').map(stepsOf);
  const halfway = options['halfway'] === true;
  const good = paths.some(
    (path) =>
      (halfway ? path.length >= given.length : path.length === given.length) &&
      given.every((step, at) => step === path[at]),
  );
  if (!good) throw new Refusal('entry_not_a_choice', { value: shown(given.join('/')) });
  return true;
};

/** A code out of a tree of faults; capitals or not, as a scanner may be set. */
export const faultCode: Check = (raw, options) => {
  const text = typeof raw === 'string' ? stripped(raw) : '';
  const known = textsOf(options, 'faults').flatMap(
    (one) => /^(\S{1,40})\s+\S/u.exec(stripped(one))?.[1] ?? [],
  );
  const folded = text.toLowerCase();
  if (!known.some((code) => code === text || code.toLowerCase() === folded)) {
    throw new Refusal('entry_unknown_fault', { value: shown(raw) });
  }
  return true;
};

const EMAIL =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** An e-mail address. */
export const email: Check = (raw) => {
  const text = typeof raw === 'string' ? stripped(raw) : '';
  if (length(text) > 254 || !EMAIL.test(text)) throw new Refusal('entry_not_an_email');
  return true;
};

const MOBILE = /^1[3-9][0-9]{9}$/;
const ANY =
  /^(?:1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?|[48]00-?[0-9]{7}|\+[1-9][0-9]{6,14})$/;

/** A telephone number. */
export const phone: Check = (raw, options) => {
  const given = typeof raw === 'string' || (typeof raw === 'number' && Number.isInteger(raw));
  if (!given) throw new Refusal('entry_not_a_phone');
  const text = stripped(Array.from(String(raw)).slice(0, 100).join(''))
    .replace(/[–—－]/g, '-')
    .replace(/[ ()（）]/g, '');
  const mobile = text.replace(/^(?:\+?86|0086)?-?(?=1[3-9])/, '').replaceAll('-', '');
  if (MOBILE.test(mobile)) return true;
  if (options['only'] === 'mobile' || !ANY.test(text)) throw new Refusal('entry_not_a_phone');
  return true;
};

const REGION = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function isBirthday(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1850 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The number of an identity card, with its check digit. */
export const idCard: Check = (raw) => {
  const text = typeof raw === 'string' ? stripped(raw).toUpperCase() : '';
  if (!/^[0-9]{17}[0-9X]$/.test(text) || !REGION.test(text.slice(0, 6)) || !isBirthday(text.slice(6, 14))) {
    throw new Refusal('entry_not_an_id_card');
  }
  const total = WEIGHTS.reduce((sum, weight, at) => sum + Number(text[at]) * weight, 0);
  if ('10X98765432'[total % 11] !== text[17]) throw new Refusal('entry_wrong_check_digit');
  return true;
};

const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT = new RegExp(`^[${SIGNS}]{2}[0-9]{6}[${SIGNS}]{10}$`);

/** The number of a company, with its check digit. */
export const creditCode: Check = (raw) => {
  const text = typeof raw === 'string' ? stripped(raw).toUpperCase() : '';
  if (!CREDIT.test(text)) throw new Refusal('entry_not_a_credit_code');
  let [total, weight] = [0, 1];
  for (const sign of text.slice(0, 17)) {
    total += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  if (SIGNS[(31 - (total % 31)) % 31] !== text[17]) throw new Refusal('entry_wrong_check_digit');
  return true;
};

/** A colour. */
export const color: Check = (raw) => {
  const good = typeof raw === 'string' && /^#?(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})$/.test(stripped(raw));
  if (!good) throw new Refusal('entry_not_a_color');
  return true;
};

const LINK = /^https?:\/\/[^\s/?#"'<>\\]+(?:[/?#][^\s"'<>\\]*)?$/i;

/** The address of a page. */
export const link: Check = (raw) => {
  const text = typeof raw === 'string' ? stripped(raw) : '';
  if (length(text) > 2000 || !printable(text) || !LINK.test(text)) throw new Refusal('entry_not_a_link');
  return true;
};

const depthOf = (region: string) => (region.endsWith('0000') ? 0 : region.endsWith('00') ? 1 : 2);

/** A region and the rest of an address. */
export const address: Check = (raw, options) => {
  if (!isObject(raw) || !Object.keys(raw).every((one) => one === 'region' || one === 'detail')) {
    throw new Refusal('entry_not_an_address');
  }
  const region = said(raw['region']) ? raw['region'] : null;
  const detail = line(said(raw['detail']) ? raw['detail'] : '', 200);
  if (region !== null && (typeof region !== 'string' || !REGION.test(region))) {
    throw new Refusal('entry_not_a_region', { value: shown(region) });
  }
  const depth = typeof options['depth'] === 'string' ? options['depth'] : 'province';
  if (region !== null && depthOf(region) < ['province', 'city', 'district'].indexOf(depth)) {
    throw new Refusal('entry_region_too_wide', { value: region });
  }
  if (detail !== '' && options['detail'] === false) throw new Refusal('entry_address_detail');
  return region !== null || detail !== '';
};

const LONGEST_LIST = 1000;

/** Codes of what a field names; whether they are there the server says. */
export function codes(raw: unknown, many: boolean): boolean {
  const given: unknown[] = (many && Array.isArray(raw) ? (raw as unknown[]) : [raw]).map((one) =>
    // What is shown as an object may be given back as it was shown.
    isObject(one) && 'id' in one ? one['id'] : one,
  );
  const good = given.every((one) => typeof one === 'string' && stripped(one) !== '');
  if (given.length > LONGEST_LIST || !good) throw new Refusal('entry_not_a_code');
  return true;
}
