import type { Looks } from './looks';

/** An ellipse (椭圆). */
export const LOOKS: Looks = { icon: 'ellipse', size: [12, 12], exact: true, grows: true };
