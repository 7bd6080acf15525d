import type { Looks } from './looks';

/** A rectangle (矩形). */
export const LOOKS: Looks = { icon: 'rect', size: [30, 15], exact: true, grows: true };
