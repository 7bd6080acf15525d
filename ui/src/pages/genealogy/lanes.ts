import type { LifeEvent } from '../../api/items';
import type { Step } from './tree';
import { keyOf, slotOf } from './tree';

/** Something inside from one moment to another, in milliseconds; `to` null: still. */
export interface Stay {
  step: Step;
  from: number;
  to: number | null;
}

/** What was in one place of an assembly over time. */
export interface Lane {
  slot: string;
  stays: Stay[];
  /** Whether something was taken out or replaced. */
  changed: boolean;
}

const LEAVES = new Set(['ship', 'activate', 'check_out']);

/** As of when a thing counts as built: when it first left, else when the last part of its making went in. */
export function builtAt(events: LifeEvent[]): string | null {
  const left = events.find((event) => LEAVES.has(event.operation));
  if (left) return left.occurred_at;
  return events.findLast((event) => event.operation === 'assemble')?.occurred_at ?? null;
}

/** Lay what was ever inside in lanes, one a slot, those that changed first. */
export function lanesOf(steps: Step[]): Lane[] {
  const seen = new Map<string, Step>();
  for (const step of steps) seen.set(`${keyOf(step.node)}@${step.edge.since}`, step);
  const lanes = new Map<string, Stay[]>();
  for (const step of seen.values()) {
    const stay = {
      step,
      from: Date.parse(step.edge.since),
      to: step.edge.until === null ? null : Date.parse(step.edge.until),
    };
    // What was taken back was never inside.
    if (stay.to !== null && stay.to <= stay.from) continue;
    lanes.set(slotOf(step.node), [...(lanes.get(slotOf(step.node)) ?? []), stay]);
  }
  return [...lanes.entries()]
    .map(([slot, stays]) => ({
      slot,
      stays: stays.sort((a, b) => a.from - b.from),
      changed: stays.some((stay) => stay.to !== null),
    }))
    .sort((a, b) => Number(b.changed) - Number(a.changed));
}

/** Whether something was inside at a moment. */
export const holdsAt = (stay: Stay, at: number): boolean =>
  stay.from <= at && (stay.to === null || stay.to > at);

/** What was inside at a moment, in one lane. */
export const staysAt = (lane: Lane, at: number): Stay[] => lane.stays.filter((stay) => holdsAt(stay, at));

/** How many places of the assembly hold something else at a moment than at another. */
export function differing(lanes: Lane[], one: number, other: number): number {
  const names = (lane: Lane, at: number) =>
    staysAt(lane, at)
      .map((stay) => keyOf(stay.step.node))
      .sort()
      .join('|');
  return lanes.filter((lane) => names(lane, one) !== names(lane, other)).length;
}

/** Fit stays that overlap into rows of one lane, so that none covers another. */
export function stacked(stays: Stay[]): Stay[][] {
  const rows: Stay[][] = [];
  for (const stay of stays) {
    const row = rows.find((one) => {
      const last = one.at(-1);
      return last?.to != null && last.to <= stay.from;
    });
    if (row) row.push(stay);
    else rows.push([stay]);
  }
  return rows;
}
