/** What a key of a US keyboard types, without and with Shift; scanners pretend to be one. */
const SIGNS: Record<string, string> = {
  Minus: '-_',
  Equal: '=+',
  Slash: '/?',
  Period: '.>',
  Comma: ',<',
  Semicolon: ';:',
  Quote: '\'"',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Backquote: '`~',
  Space: '  ',
  NumpadSubtract: '--',
  NumpadAdd: '++',
  NumpadDecimal: '..',
  NumpadDivide: '//',
  NumpadMultiply: '**',
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/**
 * The character of a physical key.
 *
 * While a Chinese input method is on, the browser says `Process` for every key, and only the key's place is known.
 */
export function characterOf(code: string, shift: boolean): string {
  if (code.startsWith('Key')) return shift ? code.slice(3) : code.slice(3).toLowerCase();
  if (code.startsWith('Digit')) return shift ? SHIFTED_DIGITS.charAt(Number(code.slice(5))) : code.slice(5);
  if (/^Numpad\d$/.test(code)) return code.slice(6);
  return SIGNS[code]?.charAt(shift ? 1 : 0) ?? '';
}
