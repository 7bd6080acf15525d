import dayjs from 'dayjs';
import type { LifeEvent, MeasuredValue } from '../../api/items';

/** The parts of a life: 生产 入库 流通 售后. */
export type StageName = 'make' | 'store' | 'channel' | 'service';

const STAGES: Record<string, StageName> = {
  commission: 'make',
  issue: 'make',
  assemble: 'make',
  disassemble: 'make',
  install: 'make',
  remove: 'make',
  receive: 'store',
  putaway: 'store',
  check_in: 'store',
  pick: 'channel',
  ship: 'channel',
  store_receive: 'channel',
  activate: 'channel',
  check_out: 'channel',
  return_: 'service',
  repair_in: 'service',
  repair_out: 'service',
  swap: 'service',
  exchange: 'service',
  scrap: 'service',
  recall_mark: 'service',
  recall_clear: 'service',
};

/** States of a thing that has been with its user: what is done to its parts then is service. */
const USED = new Set(['sold', 'returned', 'in_repair', 'on_loan']);
const PARTS = new Set(['assemble', 'disassemble', 'install', 'remove']);

/** Events of one stage that follow each other. */
export interface Stage {
  name: StageName;
  events: LifeEvent[];
  /** When the next stage began; null while this one lasts. */
  until: string | null;
}

function stageOf(event: LifeEvent, current: StageName | null): StageName {
  if (PARTS.has(event.operation) && USED.has(event.from.state ?? '')) return 'service';
  const own = STAGES[event.operation];
  if (own !== undefined) return own;
  // A thing that is moved after it was made has gone into a warehouse; the rest happens where the thing is.
  if (event.operation === 'move' && current === 'make') return 'store';
  return current ?? 'make';
}

/** Cut a life, oldest first, into stages; a repair or a return begins a new one. */
export function stagesOf(events: LifeEvent[]): Stage[] {
  const stages: Stage[] = [];
  for (const event of events) {
    const last = stages.at(-1);
    const name = stageOf(event, last?.name ?? null);
    if (last?.name === name) last.events.push(event);
    else {
      if (last) last.until = event.occurred_at;
      stages.push({ name, events: [event], until: null });
    }
  }
  return stages;
}

/** Whole days between two moments, by the calendar of the reader. */
export function days(from: string, to: string | Date): number {
  return dayjs(to).startOf('day').diff(dayjs(from).startOf('day'), 'day');
}

/** The event that a correction takes back; undefined for any other event. */
export function correctedBy(event: LifeEvent): number | undefined {
  const corrects = event.data['corrects'];
  return event.operation === 'correct' && typeof corrects === 'number' ? corrects : undefined;
}

/** Ids of the events that have been taken back. */
export function takenBack(events: LifeEvent[]): Set<number> {
  return new Set(events.flatMap((event) => correctedBy(event) ?? []));
}

/** The events after this one that still hold, newest first: they stand in the way of taking it back. */
export function standingAfter(events: LifeEvent[], event: LifeEvent): LifeEvent[] {
  const gone = takenBack(events);
  return events
    .filter((other) => other.seq > event.seq && other.operation !== 'correct' && !gone.has(other.event))
    .reverse();
}

/** What an event changed besides state and place: name → [before, after]. */
export function changesOf(event: LifeEvent): Record<string, [unknown, unknown]> {
  const changes = event.data['changes'];
  return typeof changes === 'object' && changes !== null
    ? (changes as Record<string, [unknown, unknown]>)
    : {};
}

/** The values measured at an inspection. */
export function valuesOf(event: LifeEvent): MeasuredValue[] {
  const values = event.data['values'];
  return Array.isArray(values) ? (values as MeasuredValue[]) : [];
}

/** The parts that an event put in or took out. */
export function componentsOf(event: LifeEvent): unknown[] {
  const components = event.data['components'];
  return Array.isArray(components) ? (components as unknown[]) : [];
}

/** Fields of `data` that are told in words of their own, or not at all. */
const TOLD = new Set([
  'changes',
  'values',
  'corrects',
  'event',
  'chain',
  'quality',
  'to',
  'components',
  'owner',
  'personal',
  'personal_hash',
  'personal_erased_at',
]);

/** What else was recorded with an event, as name and text. */
export function otherData(event: LifeEvent): [string, string][] {
  return Object.entries(event.data).flatMap(([name, value]): [string, string][] => {
    if (TOLD.has(name) || value === null || value === '') return [];
    if (typeof value === 'string' || typeof value === 'number') return [[name, String(value)]];
    if (typeof value === 'object' && 'item' in value) return [[name, nameOf(value.item)]];
    if (typeof value === 'object' && 'identifier' in value) return [[name, nameOf(value)]];
    return [];
  });
}

function nameOf(ref: unknown): string {
  if (typeof ref === 'string') return ref;
  if (typeof ref === 'object' && ref !== null && 'identifier' in ref) return String(ref.identifier);
  return '';
}

/** Whether an event was entered later than it happened (补录): by more than ten minutes. */
export function enteredLate(event: LifeEvent): boolean {
  return dayjs(event.recorded_at).diff(dayjs(event.occurred_at), 'minute') > 10;
}
