export { Show } from './choices';
export { Input } from './references';

export const shape = 'references';
