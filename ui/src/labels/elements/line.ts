import type { Looks } from './looks';

/** A line (线). */
export const LOOKS: Looks = { icon: 'line', exact: true, grows: true };
