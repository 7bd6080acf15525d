import type { Looks } from './looks';

/** A table (表格). */
export const LOOKS: Looks = { icon: 'table', exact: false, grows: false };
