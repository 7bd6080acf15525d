import type { Looks } from './looks';

/** A picture or logo (图片). */
export const LOOKS: Looks = { icon: 'picture', size: [16, 10], exact: false, grows: true };
