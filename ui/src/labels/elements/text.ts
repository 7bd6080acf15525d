import type { Looks } from './looks';
import { word } from './looks';

/** A text (文本), with formulas in braces. */
export const LOOKS: Looks = {
  icon: 'text',
  begin: { value: '文字' },
  exact: false,
  grows: false,
  takes: 'value',
  says: (element) => word(element, 'value'),
};
