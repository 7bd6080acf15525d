import type { Item, Reading, ReadingProblem } from '../../api/client';
import type { Tracking } from '../../api/master';
import type { OperationKind } from '../../api/operations';
import type { Candidate, Reason, Slot, Thing } from './model';

/** What a scan turned out to be, before it is known whether it was scanned before. */
export type Verdict =
  | { is: 'thing'; thing: Thing }
  | { is: 'goods'; product: string; batch: string | null; quantity: string | null }
  | { is: 'place'; code: string }
  | { is: 'partner'; code: string }
  | { is: 'ask'; reason: Reason; candidates: Candidate[] }
  | { is: 'wrong'; reason: Reason; thing?: Thing; candidates?: Candidate[] };

/** Words for a reason that is found here and not on the server. */
export type Say = (code: string, params?: Record<string, string>) => Reason;

/** What the server made of a scan, and what is known besides. */
export interface Looked {
  readings: Reading[];
  /** Why the operation would refuse the item that it is. */
  refusal?: Reason | null;
  /** How finely the product that it is, is tracked. */
  tracking?: Tracking | null;
}

/** What the desk is ready to take. */
export interface Ready {
  kind: OperationKind;
  slot: Slot | null;
  /** Rows are taken besides the slots. */
  rows: boolean;
}

/** Warnings after which a person has to say whether it is meant. */
const UNSURE = new Set(['serial_only', 'batch_differs', 'packaging_level']);

/** The problems that keep a reading from being taken as it is. */
export function doubts(reading: Reading): ReadingProblem[] {
  return reading.problems.filter((problem) => problem.level !== 'warning' || UNSURE.has(problem.code));
}

/** The best reading of a scan. */
export function bestOf(readings: Reading[]): Reading | undefined {
  return [...readings].sort((a, b) => a.rank - b.rank)[0];
}

/** An item as scans, lists and lives give it. */
type Named = Omit<Item, 'kind'> & { kind: string };

/** An item of an answer, as the desk keeps it: named so that a posting cannot mistake it for another. */
export function thingOf(item: Named): Thing {
  const own = item.identifiers?.find((one) => one.value === item.code);
  return {
    code: item.code,
    kind: item.kind,
    product: item.product,
    batch: item.batch,
    state: item.state,
    quality: item.quality,
    place: item.place,
    marks: item.marks,
    ref: own === undefined ? item.code : { identifier: item.code, namespace: own.namespace },
  };
}

/** Say what a scan is and whether this operation can take it. */
export function judge(looked: Looked, ready: Ready, say: Say): Verdict {
  const sorted = [...looked.readings].sort((a, b) => a.rank - b.rank);
  const best = sorted[0];
  if (best === undefined) return { is: 'wrong', reason: say('unknown') };
  const doubt = doubts(best)[0];
  if (doubt !== undefined || best.kind === 'unknown') {
    const reason =
      doubt === undefined ? say('unknown') : { ...doubt, advice: doubt.advice ?? best.advice ?? null };
    const candidates = meant(sorted, best);
    const code = doubt?.code ?? '';
    if ((code.startsWith('ambiguous') || UNSURE.has(code)) && candidates.length > 0)
      return { is: 'ask', reason, candidates };
    return { is: 'wrong', reason, ...(candidates.length > 0 && { candidates }) };
  }
  if (best.item === null) return judgeOther(best, looked.tracking ?? null, ready.kind, say);
  const thing = thingOf(best.item);
  // An ending may be another label's whole code, so a person has to agree.
  if (best.via === 'suffix') return { is: 'ask', reason: say('ending'), candidates: [{ thing }] };
  if (looked.refusal) return { is: 'wrong', reason: looked.refusal, thing };
  if (ready.slot === null && !ready.rows) return { is: 'wrong', reason: say('full'), thing };
  return { is: 'thing', thing };
}

/** What may have been meant where the best reading is doubtful or nothing. */
function meant(sorted: Reading[], best: Reading): Candidate[] {
  const doubt = doubts(best)[0]?.code ?? '';
  const several = doubt.startsWith('ambiguous');
  const fits =
    best.kind === 'unknown'
      ? sorted.filter((reading) => reading.via === 'near_miss')
      : sorted.filter((reading) => reading === best || (several && doubts(reading)[0]?.code === doubt));
  return fits.flatMap((reading): Candidate[] => {
    if (reading.item !== null) return [{ thing: thingOf(reading.item) }];
    const known = reading.product ?? null;
    if (known === null || UNFIT.has(doubts(reading)[0]?.code ?? '')) return [];
    return [{ goods: { product: known, batch: reading.batch ?? null, quantity: '1' } }];
  });
}

/** A label of one piece that is not known here cannot be taken for a quantity of its product. */
const UNFIT = new Set(['unknown_serial', 'serial_elsewhere', 'unknown_batch']);

function judgeOther(reading: Reading, tracking: Tracking | null, kind: OperationKind, say: Say): Verdict {
  if (reading.kind === 'place') {
    const code = reading.place ?? '';
    if (kind.place === 'cleared') return { is: 'wrong', reason: say('placeUseless', { code }) };
    return { is: 'place', code };
  }
  if (reading.kind === 'partner') {
    const code = reading.partner ?? '';
    if (kind.holder === 'kept') return { is: 'wrong', reason: say('partnerUseless', { code }) };
    return { is: 'partner', code };
  }
  const product = reading.product ?? '';
  const batch = reading.batch ?? null;
  if (tracking === 'serial') return { is: 'wrong', reason: say('scanSerial', { product }) };
  if (!kind.quantities) return { is: 'wrong', reason: say('noQuantities', { product }) };
  if (tracking === 'batch' && batch === null) return { is: 'wrong', reason: say('batchNeeded', { product }) };
  return { is: 'goods', product, batch, quantity: reading.elements['30'] ?? reading.elements['37'] ?? null };
}
