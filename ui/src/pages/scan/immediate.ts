import type { OperationKind } from '../../api/operations';
import { ProblemError, problemOf } from '../../api/problem';
import { judge } from './judge';
import type { Draft, Shape, Thing } from './model';
import { missing, plan } from './posting';
import type { DeskWorld, Result } from './world';

/** Codes that are read, not looked up as they stand: web addresses, GS1 strings, article numbers. */
const READ_FIRST = /:\/\/|^\]|^\(|\u001d|^\d{8}$|^\d{12,14}$/;

interface Alone {
  raw: string;
  key: string;
  draft: Draft;
  kind: OperationKind;
  shape: Shape;
  world: DeskWorld;
}

/** Post one scan by itself (即扫即过). The same key makes a repetition after a lost answer harmless. */
export async function postAlone(scan: Alone): Promise<Result> {
  const { draft, kind, shape, world } = scan;
  if (missing(draft, kind, shape).some((name) => name !== 'rows')) {
    const { code, message, advice } = world.say('fieldsFirst');
    return { problem: { status: 422, code, title: message, ...(advice !== null && { advice }) } };
  }
  try {
    if (READ_FIRST.test(scan.raw)) return await readThenPost(scan);
    return { posted: await send(scan, scan.raw), thing: null };
  } catch (error) {
    const problem = problemOf(error);
    const unknown = problem.errors?.some((one) => one.code === 'unknown_item');
    if (problem.code !== 'operation_refused' || unknown !== true) return { problem };
    return readThenPost(scan).catch((again: unknown) => ({ problem: problemOf(again) }));
  }
}

async function readThenPost(scan: Alone): Promise<Result> {
  const looked = await scan.world.check(scan.raw, { kind: ['item', 'package'] });
  const verdict = judge(looked, { kind: scan.kind, slot: null, rows: true }, scan.world.say);
  if (verdict.is === 'goods') throw goodsNeedANumber(scan);
  if (verdict.is !== 'thing') return { looked };
  return { posted: await send(scan, verdict.thing.ref), thing: verdict.thing };
}

function goodsNeedANumber({ world }: Alone): ProblemError {
  const { code, message, advice } = world.say('goodsNotAlone');
  return new ProblemError({ status: 422, code, title: message, ...(advice !== null && { advice }) });
}

function send(scan: Alone, ref: Thing['ref']) {
  const { body } = plan({ ...scan.draft, rows: [] }, scan.kind, scan.shape, 'all');
  return scan.world.post(scan.kind.name, { ...body, items: [ref], client_key: scan.key });
}
