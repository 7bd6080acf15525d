import type { Looks } from './looks';
import { word } from './looks';

/** A text (文本), with formulas in braces. */
export const LOOKS: Looks = {
  icon: 'text',
  size: [24, 5],
  exact: false,
  grows: false,
  takes: 'value',
  says: (element) => word(element, 'value'),
};
