import type { Looks } from './looks';
import { word } from './looks';

/** A date (日期) in a format. */
export const LOOKS: Looks = {
  icon: 'calendar',
  exact: false,
  grows: false,
  takes: 'source',
  says: (element) => word(element, 'format'),
};
