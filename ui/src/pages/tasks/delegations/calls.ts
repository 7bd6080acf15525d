import { http } from '../../../api/http';
import type { Answer } from '../../../api/whole';

/** Somebody stands in (委托) for somebody else. */
export type Delegation = Answer<'DelegationOut'>;

/** Who stands in, from when until when. */
export interface NewDelegation {
  to: string;
  starts_at: string;
  ends_at: string;
  /** Codes of apps; none: all. */
  apps: string[];
  /** For whom; missing: oneself. */
  owner?: string;
}

export const listDelegations = async (everybody: boolean, signal?: AbortSignal) =>
  (await http.get<{ delegations: Delegation[] }>('/delegations', { everybody, limit: 200 }, signal))
    .delegations;
export const addDelegation = (body: NewDelegation) => http.post<Delegation>('/delegations', body);
export const endDelegation = (id: number) => http.delete(`/delegations/${id}`);
