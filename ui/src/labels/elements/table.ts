import type { Looks } from './looks';

/** A table (表格). */
export const LOOKS: Looks = { icon: 'table', size: [50, 20], exact: false, grows: false };
