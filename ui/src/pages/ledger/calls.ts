import { useQuery } from '@tanstack/react-query';
import { download, http } from '../../api/http';
import type { Answer } from '../../api/whole';

/** How much of the ledger is sealed, and what the last verification said. */
export type Seals = Answer<'SealsOut'>;

/** What a check of one item found. */
export type ItemVerified = Answer<'ItemVerified'>;

/** One thing that is not as it was sealed. */
export type Fault = Answer<'FaultOut'>;

/** A signed checkpoint. */
export type Checkpoint = Answer<'CheckpointOut'>;

/** Up to when the books are closed. */
export type Period = Answer<'PeriodOut'>;

/** The state of the seals, looked at again while something waits. */
export function useSeals() {
  return useQuery({
    queryKey: ['ledger', 'seals'],
    queryFn: ({ signal }) => http.get<Seals>('/ledger/seals', undefined, signal),
    refetchInterval: (query) => ((query.state.data?.waiting ?? 0) > 0 ? 2000 : false),
  });
}

/** The check of one item's history against its seals. */
export function useVerified(code: string) {
  return useQuery({
    queryKey: ['life', code, '', 'verified'],
    queryFn: () => http.post<ItemVerified>(`/items/${encodeURIComponent(code)}/verification`),
    retry: false,
    // Rows are sealed within seconds of being written.
    refetchInterval: (query) => ((query.state.data?.waiting ?? 0) > 0 ? 3000 : false),
  });
}

export const fetchProof = (code: string) =>
  download(`/items/${encodeURIComponent(code)}/proof`, `proof-${code.replaceAll(/[^A-Za-z0-9]/g, '-')}.json`);
export const fetchEvidence = (code: string) =>
  download(
    `/items/${encodeURIComponent(code)}/evidence`,
    `evidence-${code.replaceAll(/[^A-Za-z0-9]/g, '-')}.zip`,
  );
export const fetchVerifier = () => download('/ledger/verifier', 'verify_proof.py');

export const postVerification = () => http.post<{ job: string }>('/ledger/verifications');

export const listCheckpoints = async (after: string | undefined, signal?: AbortSignal) => {
  const answer = await http.get<Answer<'CheckpointPage'>>(
    '/ledger/checkpoints',
    { after, limit: 50 },
    signal,
  );
  return { rows: answer.checkpoints, next: answer.next === null ? null : String(answer.next) };
};

export const getPeriod = (signal?: AbortSignal) => http.get<Period>('/ledger/period', undefined, signal);
export const putPeriod = (closed_until: string | null, reason: string) =>
  http.put<Period>('/ledger/period', { closed_until, reason });

/** A long hash as people compare it: its two ends. */
export const ends = (hash: string): string =>
  hash.length <= 20
    ? hash
    : `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-8, -4)} ${hash.slice(-4)}`;
