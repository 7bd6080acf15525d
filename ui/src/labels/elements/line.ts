import type { Looks } from './looks';

/** A line (线). */
export const LOOKS: Looks = { icon: 'line', size: [40, 0.375], exact: true, grows: true };
