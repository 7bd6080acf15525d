import type { IconName } from '../../components/Icon';

/** How the kinds of work look in the work list. */
const LOOKS: Partial<Record<string, { icon: IconName; hue: string }>> = {
  approve: { icon: 'check', hue: 'ink' },
  fill: { icon: 'edit', hue: 'violet' },
  start: { icon: 'undo', hue: 'amber' },
  scan: { icon: 'scan', hue: 'teal' },
  count: { icon: 'list', hue: 'teal' },
};

/** The kinds of work that have words of their own. */
export type WorkKind = 'approve' | 'fill' | 'start' | 'scan' | 'count' | 'other';

export const workKind = (kind: string): WorkKind => (kind in LOOKS ? (kind as WorkKind) : 'other');

/** The picture and the hue of a kind of work. */
export const lookOf = (kind: string): { icon: IconName; hue: string } =>
  LOOKS[kind] ?? { icon: 'wrench', hue: 'plain' };
