import type { Item, Reading } from '../../api/client';
import type { OperationBody, OperationKind } from '../../api/operations';
import { ProblemError } from '../../api/problem';
import { ScanDesk } from './desk';
import type { Looked } from './judge';
import type { Draft, RowStatus } from './model';
import { newDraft } from './model';
import type { DeskWorld } from './world';

/* A desk without server, clock and speaker, for tests. */

const KIND: OperationKind = {
  name: 'receive',
  zh: '收货',
  en: 'Receive',
  icon: 'inbox',
  place: 'needed',
  holder: 'cleared',
  single: false,
  quantities: true,
  chooses: [],
  allowed: true,
  data: [],
};

function item(code: string, more: Partial<Item> = {}): Item {
  return {
    code,
    kind: 'serial',
    product: 'CY-R800',
    batch: null,
    state: 'coded',
    quality: 'released',
    owner: null,
    holder: null,
    marks: [],
    place: null,
    parent: null,
    identifiers: [{ namespace: 'own', value: code }],
    ...more,
  };
}

function reading(kind: Reading['kind'], more: Partial<Reading> = {}): Reading {
  return { kind, rank: 1, via: 'identifier', item: null, elements: {}, problems: [], ...more };
}

/** What the pretend server makes of codes: SN… is an item, ?… is not known, WH… a place, M4 a product. */
export function readingsOf(raw: string): Looked {
  if (raw.startsWith('SN')) return { readings: [reading('item', { item: item(raw) })] };
  if (raw.startsWith('WH')) return { readings: [reading('place', { place: raw })] };
  if (raw === 'M4') return { readings: [reading('product', { product: 'M4' })], tracking: 'sku' };
  if (raw === 'EAN') return { readings: [reading('product', { product: 'CY-R800' })], tracking: 'serial' };
  if (raw === 'LAST') return { readings: [reading('item', { via: 'suffix', item: item('SN-LAST') })] };
  return { readings: [reading('unknown', { problems: [{ code: 'unknown_item', message: `没有 ${raw}` }] })] };
}

export interface Told {
  desk: ScanDesk;
  sounds: string[];
  sent: OperationBody[];
  world: DeskWorld;
  saved: Draft[];
}

/** A desk in a pretend world, which tells what it was asked. */
export function deskFor(
  kind: Partial<OperationKind> = {},
  change: Partial<DeskWorld> = {},
  draft?: Draft,
): Told {
  const sounds: string[] = [];
  const sent: OperationBody[] = [];
  const saved: Draft[] = [];
  let keys = 0;
  let now = 0;
  const world: DeskWorld = {
    check: (raw) => Promise.resolve(readingsOf(raw)),
    post: (_kind, body) => {
      sent.push(body);
      return Promise.resolve({ event: 7, accepted: body.items.length, refused: [], remarks: [] });
    },
    look: (code) => Promise.reject(new Error(code)),
    play: (sound) => sounds.push(sound),
    say: (code, params = {}) => ({ code, message: [code, ...Object.values(params)].join(' '), advice: null }),
    now: () => (now += 10_000),
    newKey: () => `key-${(keys += 1)}`,
    save: (kept) => {
      saved.push(kept);
      return true;
    },
    ...change,
  };
  const whole = { ...KIND, ...kind };
  return { desk: new ScanDesk(whole, world, draft ?? newDraft(whole.name)), sounds, sent, world, saved };
}

/** How every scan came out. */
export const statuses = (desk: ScanDesk): RowStatus[] => desk.state.draft.rows.map((row) => row.status);

/** What a call throws that never reached the server. */
export const offline = () => new ProblemError({ status: 0, code: 'offline', title: '连不上' });
