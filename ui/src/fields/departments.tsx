export { Show } from './references';
export { Input } from './references';

export const shape = 'references';
