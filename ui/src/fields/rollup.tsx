/** One value out of the rows of a sub-table (汇总): shown like what a formula came to. */
export { Input, shape, Show } from './formula';
