import type { FormRecord } from '../../../forms/calls';
import { deleteRecord, patchRecord } from '../../../forms/calls';
import type { Values } from '../../../forms/model';
import { same } from '../../../forms/model';
import { reason } from '../grid/usePlain';

/** Why one record was not changed. */
export interface Refusal {
  record: FormRecord;
  why: string;
}

/** What became of many records. */
export interface Outcome {
  done: number;
  refused: Refusal[];
}

const AT_ONCE = 4;

/** The records that a change would really change. */
export function differing(records: readonly FormRecord[], values: Values): FormRecord[] {
  return records.filter((one) =>
    Object.entries(values).some(([code, value]) => !same(one.values[code] ?? null, value ?? null)),
  );
}

/** The records of which this reader may not change one of the fields. */
export function closed(records: readonly FormRecord[], values: Values): FormRecord[] {
  return records.filter((one) => Object.keys(values).some((code) => one.states[code] !== undefined));
}

/** Change many records the same way; every refusal is told, none stops the others. */
export function changeMany(
  app: string,
  form: string,
  records: readonly FormRecord[],
  values: Values,
  onProgress: (done: number) => void,
): Promise<Outcome> {
  return each(records, onProgress, (one) => patchRecord(app, form, one.id, one.version, values));
}

/** Delete many records; every refusal is told, none stops the others. */
export function deleteMany(
  app: string,
  form: string,
  records: readonly FormRecord[],
  onProgress: (done: number) => void,
): Promise<Outcome> {
  return each(records, onProgress, (one) => deleteRecord(app, form, one));
}

async function each(
  records: readonly FormRecord[],
  onProgress: (done: number) => void,
  send: (record: FormRecord) => Promise<unknown>,
): Promise<Outcome> {
  const waiting = [...records];
  const outcome: Outcome = { done: 0, refused: [] };
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      try {
        await send(one);
        outcome.done++;
      } catch (error) {
        outcome.refused.push({ record: one, why: reason(error) });
      }
      onProgress(outcome.done + outcome.refused.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcome;
}
