import type { Item, Job, Reading, SignInAnswer, StockRow } from './client';
import type { Problem } from './problem';
import type { SessionUser } from './session';
import type { Answer } from './whole';

/** Holds while what the server sends fits into a type that we wrote by hand. */
type Takes<Ours, _Sent extends Ours> = true;

/** Compiles only as long as the hand-written types agree with the API's description. */
export type Conforming = [
  // The server calls the kind of an item a string.
  Takes<Omit<Item, 'kind'>, Answer<'ItemOut'>>,
  Takes<Job, Answer<'JobOut'>>,
  Takes<Problem, Answer<'Problem'>>,
  Takes<Omit<Reading, 'item'>, Answer<'ReadingOut'>>,
  Takes<SessionUser, Answer<'Myself'>>,
  Takes<SignInAnswer, Answer<'SignedInAnswer'>>,
  Takes<StockRow, Answer<'BalanceOut'>>,
];
