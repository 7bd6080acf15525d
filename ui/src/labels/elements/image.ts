import type { Looks } from './looks';

/** A picture or logo (图片). */
export const LOOKS: Looks = { icon: 'picture', begin: { image: '' }, exact: false, grows: true };
