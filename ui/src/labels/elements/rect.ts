import type { Looks } from './looks';

/** A rectangle (矩形). */
export const LOOKS: Looks = { icon: 'rect', exact: true, grows: true };
