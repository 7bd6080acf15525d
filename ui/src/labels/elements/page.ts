import type { Looks } from './looks';
import { word } from './looks';

/** Which of how many (页码). */
export const LOOKS: Looks = {
  icon: 'pages',
  exact: false,
  grows: false,
  says: (element) => word(element, 'format'),
};
