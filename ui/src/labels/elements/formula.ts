import type { Looks } from './looks';
import { word } from './looks';

/** What a formula (公式) comes to. */
export const LOOKS: Looks = {
  icon: 'formula',
  begin: { value: 'item.code' },
  exact: false,
  grows: false,
  says: (element) => word(element, 'value'),
};
