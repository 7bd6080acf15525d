import type { Looks } from './looks';
import { word } from './looks';

/** One value of the item (字段). */
export const LOOKS: Looks = {
  icon: 'field',
  begin: { field: 'item.code', prefix: '' },
  exact: false,
  grows: false,
  takes: 'field',
  says: (element) => word(element, 'field'),
};
