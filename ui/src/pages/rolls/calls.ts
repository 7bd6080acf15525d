import { newClientKey } from '../../api/clientKey';
import type { Query } from '../../api/http';
import { http } from '../../api/http';
import type { Answer } from '../../api/whole';

/** A label roll (标签卷) with its balance. */
export type Roll = Answer<'RollOut'>;
export type RollDetail = Answer<'RollDetailOut'>;
export type Balance = Answer<'RollBalanceOut'>;
export type RollLabel = Answer<'RollLabelOut'>;
export type RollIssue = Answer<'RollIssueOut'>;
export type LogEntry = Answer<'RollLogOut'>;
export type Bound = Answer<'RollBoundOut'>;

/** What a label is stuck on. */
export type PartKind = RollLabel['kind'];

/** One kind of label of a roll to be made. */
export interface NewPart {
  name: string;
  kind: PartKind;
  count: number;
  way: 'rule' | 'codes';
  rule: string | null;
  codes: string;
  namespace: string;
  package_type: string | null;
}

/** A roll to be made. */
export interface NewRoll {
  code: string;
  name: string;
  product: string | null;
  sets: number | null;
  parts: NewPart[];
}

const at = (code: string) => `/rolls/${encodeURIComponent(code)}`;

export const listRolls = async (query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'RollPage'>>('/rolls', query, signal);
  return { rows: answer.rolls, next: answer.next };
};

export const getRoll = (code: string, signal?: AbortSignal) =>
  http.get<RollDetail>(at(code), undefined, signal);

export const listLabels = async (code: string, query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'RollLabelPage'>>(`${at(code)}/labels`, query, signal);
  return { rows: answer.labels, next: answer.next };
};

export const listLog = async (code: string, query: Query, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'RollLogPage'>>(`${at(code)}/log`, query, signal);
  return { rows: answer.entries, next: answer.next };
};

/** Make a roll; of each part either the rule or the codes are sent. */
export const makeRoll = ({ parts, ...roll }: NewRoll) =>
  http.post<RollDetail>('/rolls', {
    ...roll,
    parts: parts.map(({ way, rule, codes, namespace, package_type, ...part }) => ({
      ...part,
      ...(way === 'rule' ? { rule } : { codes }),
      ...(part.kind === 'alias' && { namespace }),
      ...(part.kind === 'package' && { package_type }),
    })),
  });

/** Which labels go out, and to whom. */
export interface IssueValues {
  first_set: number | null;
  last_set: number | null;
  place: string | null;
  line: string;
  partner: string | null;
  document: string;
}

export const issueRoll = (code: string, values: IssueValues) =>
  http.post<Answer<'RollIssuedOut'>>(`${at(code)}:issue`, values);

export const returnLabels = (code: string, first_set: number | null, last_set: number | null) =>
  http.post<Answer<'RollLabelsOut'>>(`${at(code)}:return`, { first_set, last_set });

export const spoilLabels = (labels: string[], reason: string, note: string, whole_set: boolean) =>
  http.post<Answer<'RollLabelsOut'>>('/rolls:spoil', { labels, reason, note, whole_set });

export const exportRoll = (code: string, format: 'xlsx' | 'csv', state: string | undefined) =>
  http.post<{ job: string }>(`${at(code)}:export`, { format, ...(state !== undefined && { state }) });

/** How labels are bound at a desk. */
export interface BindSetup {
  way: 'one' | 'set' | 'piece';
  product: string | null;
  batch: string | null;
  place: string | null;
  document: string;
}

export const bindLabel = (label: string, item: string | null, setup: BindSetup) =>
  http.post<Bound>('/rolls:bind', {
    scans: [{ label, item, whole_set: setup.way === 'set' }],
    product: setup.product,
    batch: setup.batch,
    place: setup.place,
    document: setup.document,
    client_key: newClientKey(),
  });
