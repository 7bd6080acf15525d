export { ListInput as Input, ListShow as Show } from '../pages/scanlists/ListField';

export const shape = 'reference';
