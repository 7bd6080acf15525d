import type { IconName } from '../../components/Icon';
import type { NodeKind } from '../../flowdesigner/declared';

/** The pictures of the kinds of step, as the server names them. */
const ICONS: Partial<Record<string, IconName>> = {
  api: 'globe',
  approve: 'stamp',
  barcode: 'code',
  box: 'box',
  branch: 'branch',
  check: 'stamp',
  clock: 'timer',
  code: 'code',
  copy: 'copy',
  count: 'list',
  edit: 'edit',
  end: 'flag',
  filter: 'filter',
  find: 'search',
  flow: 'cycle',
  lane: 'parallel',
  ledger: 'audit',
  mail: 'mail',
  message: 'bell',
  notify: 'bell',
  operation: 'truck',
  parallel: 'parallel',
  print: 'print',
  printer: 'print',
  recall: 'warning',
  record: 'table',
  send: 'send',
  timer: 'timer',
  wait: 'timer',
  webhook: 'globe',
};

/** The picture of a kind of step. */
export function iconOf(kind: Pick<NodeKind, 'icon' | 'name'> | undefined): IconName {
  if (kind === undefined) return 'box';
  return ICONS[kind.icon] ?? ICONS[kind.name] ?? KNOWN[kind.icon] ?? 'box';
}

/** Pictures whose name on the server is their name here. */
const KNOWN: Partial<Record<string, IconName>> = {
  ...{ scan: 'scan', items: 'items', product: 'product', place: 'place', bell: 'bell', globe: 'globe' },
  ...{ calendar: 'calendar', table: 'table', search: 'search', plus: 'plus', label: 'label', list: 'list' },
  ...{ users: 'users', warning: 'warning', refresh: 'refresh', qr: 'qr', import: 'import', tree: 'tree' },
  ...{ truck: 'truck', history: 'history', batch: 'batch', jobs: 'jobs', cycle: 'cycle', pause: 'pause' },
};

const LEAST_CONTRAST = 4.5;

function lightness(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colour of words on a strip of that colour: light where that can be read, else dark. */
export function onStrip(colour: string): string {
  const contrast = 1.05 / (lightness(colour) + 0.05);
  return contrast >= LEAST_CONTRAST ? 'var(--strip-light)' : 'var(--strip-dark)';
}
