import { newClientKey } from '../../../api/clientKey';
import { http } from '../../../api/http';
import type { Answer } from '../../../api/whole';
import type { FormRecord } from '../../../forms/calls';
import { deleteRecord, formPath } from '../../../forms/calls';
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

const AT_ONCE = 100;

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
export async function changeMany(
  app: string,
  form: string,
  records: readonly FormRecord[],
  values: Values,
  onProgress: (done: number) => void,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, refused: [] };
  for (const some of pages(records)) {
    try {
      const answer = await http.patch<Answer<'RecordOutcome'>>(`${formPath(app, form)}/records:batch`, {
        changes: some.map((one) => ({ id: one.id, version: one.version, values })),
        good_only: true,
        client_key: newClientKey(),
      });
      outcome.done += answer.ids.length;
      for (const { place, errors } of answer.refused) {
        const record = some[place];
        const why = errors.map((one) => String(one['message'])).join(' ');
        if (record !== undefined) outcome.refused.push({ record, why });
      }
    } catch (error) {
      for (const record of some) outcome.refused.push({ record, why: reason(error) });
    }
    onProgress(outcome.done + outcome.refused.length);
  }
  return outcome;
}

/** Delete many records; every refusal is told, none stops the others. */
export async function deleteMany(
  app: string,
  form: string,
  records: readonly FormRecord[],
  onProgress: (done: number) => void,
): Promise<Outcome> {
  const outcome: Outcome = { done: 0, refused: [] };
  for (const some of pages(records)) {
    try {
      await http.post(`${formPath(app, form)}/records:delete`, {
        records: some.map((one) => ({ id: one.id, version: one.version })),
      });
      outcome.done += some.length;
      onProgress(outcome.done + outcome.refused.length);
    } catch {
      // One of them stands in the way of all: each for itself tells which.
      for (const record of some) {
        try {
          await deleteRecord(app, form, record);
          outcome.done++;
        } catch (error) {
          outcome.refused.push({ record, why: reason(error) });
        }
        onProgress(outcome.done + outcome.refused.length);
      }
    }
  }
  return outcome;
}

function* pages(records: readonly FormRecord[]): Generator<readonly FormRecord[]> {
  for (let start = 0; start < records.length; start += AT_ONCE) yield records.slice(start, start + AT_ONCE);
}
