import type { Looks } from './looks';

/** An ellipse (椭圆). */
export const LOOKS: Looks = { icon: 'ellipse', exact: true, grows: true };
