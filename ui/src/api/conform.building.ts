import type { Check, Forecast, Kind, Note, Reading, RuleSummary } from '../pages/codes/calls';
import type { Finding, Findings, LifeCycle, Row } from '../pages/life_cycles/calls';
import type { Made } from '../pages/making/calls';
import type { FullJob } from './exports';
import type { Answer } from './whole';

/** Holds while what the server sends fits into a type that we wrote by hand. */
type Takes<Ours, _Sent extends Ours> = true;

/** A segment is more than the description says: it always has a kind. */
type Plain<T> = Omit<T, 'segments' | 'example' | 'presets' | 'alternatives'>;

/** Compiles only as long as the types of the designers agree with the API's description. */
export type ConformingBuilding = [
  Takes<Plain<RuleSummary>, Plain<Answer<'RuleSummary'>>>,
  Takes<Plain<Check>, Plain<Answer<'RuleCheckAnswer'>>>,
  Takes<Plain<Kind>, Plain<Answer<'KindAnswer'>>>,
  Takes<Forecast, Answer<'ForecastAnswer'>>,
  Takes<Note, Answer<'Note'>>,
  Takes<Reading, Answer<'ReadingAnswer'>>,
  Takes<Omit<LifeCycle, 'operations'>, Answer<'LifeCycleAnswer'>>,
  Takes<Findings, Answer<'DrawingFindings'>>,
  Takes<Finding, Answer<'Finding'>>,
  Takes<Row, Answer<'MatrixRow'>>,
  Takes<Made, Answer<'MadeOut'>>,
  Takes<FullJob, Answer<'JobOut'>>,
];
