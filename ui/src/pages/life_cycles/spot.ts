/** What the user is looking at: an operation, a state, or where they cross. */
export interface Spot {
  operation?: string;
  state?: string;
}
