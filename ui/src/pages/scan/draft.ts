import { session } from '../../api/session';
import type { Draft } from './model';
import { newDraft } from './model';

/** Drafts belong to who has scanned them: on a shared device nobody posts what another has left. */
const prefix = () => `mazhi.scan.${session()?.user.username ?? ''}.`;
const handedKey = () => `mazhi.handed.${session()?.user.username ?? ''}`;

/** Keep a draft in this tab; tells whether there was room for it. */
function saveDraft(key: string, draft: Draft): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

const waiting = new Map<string, Draft>();
let timer: ReturnType<typeof setTimeout> | null = null;
let room = true;

/** Keep a draft a moment later, so that a burst of scans does not write it for each; tells whether there is room. */
export function saveSoon(draft: Draft): boolean {
  waiting.set(prefix() + draft.operation, draft);
  timer ??= setTimeout(saveNow, 150 + draft.rows.length / 10);
  // What is sent to the server must be kept before it leaves.
  if (draft.pending !== null) saveNow();
  return room;
}

/** Keep at once what waits to be kept. */
export function saveNow(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  for (const [key, draft] of waiting) room = saveDraft(key, draft);
  waiting.clear();
}

if (typeof window !== 'undefined') window.addEventListener('pagehide', saveNow);

/** The draft of an operation as this tab last kept it. What was under way then is to be looked up again. */
export function loadDraft(operation: string): Draft {
  saveNow();
  const text = sessionStorage.getItem(prefix() + operation);
  if (text === null) return newDraft(operation);
  const draft = { ...newDraft(operation), ...(JSON.parse(text) as Partial<Draft>) };
  return {
    ...draft,
    rows: draft.rows.map((row) => (row.status === 'checking' ? { ...row, status: 'unchecked' } : row)),
  };
}

/** Names of the operations that have something scanned and not posted. */
export function openDrafts(): { operation: string; count: number }[] {
  saveNow();
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(prefix()))
    .map((key) => loadDraft(key.slice(prefix().length)))
    .map((draft) => ({
      operation: draft.operation,
      count: draft.rows.filter((row) => row.status !== 'posted').length,
    }))
    .filter((draft) => draft.count > 0);
}

/** Hand codes over to the scan desk, e.g. those chosen in a list; whichever operation opens next takes them. */
export function handOver(codes: string[]): void {
  sessionStorage.setItem(handedKey(), JSON.stringify(codes));
}

/** How many codes wait to be taken over. */
export function handedCount(): number {
  return (JSON.parse(sessionStorage.getItem(handedKey()) ?? '[]') as string[]).length;
}

/** Take the codes that were handed over; they are taken once. */
export function takeHanded(): string[] {
  const codes = JSON.parse(sessionStorage.getItem(handedKey()) ?? '[]') as string[];
  sessionStorage.removeItem(handedKey());
  return codes;
}
