import type { Looks } from './looks';

/** The number within the print run (流水). */
export const LOOKS: Looks = { icon: 'number', exact: false, grows: false };
