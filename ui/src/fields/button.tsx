export { Input, Show } from './hyperlink';

export const shape = 'layout';
