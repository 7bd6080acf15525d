import type { Looks } from './looks';
import { word } from './looks';

/** One value of the item (字段). */
export const LOOKS: Looks = {
  icon: 'field',
  size: [30, 5],
  exact: false,
  grows: false,
  takes: 'field',
  says: (element) => word(element, 'field'),
};
