import type { TaskAction } from '../../flows/api';

const MAIN = ['complete', 'approve', 'submit'];
/** The order in which people look for them. */
const ORDER = [
  'refuse',
  'send_back',
  'transfer',
  'before',
  'add_before',
  'after',
  'add_after',
  'save',
  'copy',
];

interface Arranged {
  /** The widest button. */
  main: TaskAction | null;
  beside: TaskAction[];
  more: TaskAction[];
}

const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** Which buttons stand in the bar, and which under 更多. */
export function arranged(actions: readonly TaskAction[], room: number): Arranged {
  const main = MAIN.flatMap((name) => actions.find((one) => one.name === name) ?? [])[0] ?? null;
  const others = actions
    .filter((one) => one !== main)
    .sort((one, other) => rank(one.name) - rank(other.name));
  // One button under 更多 would be in nobody's way in the bar.
  const beside = others.slice(0, others.length === room + 1 ? room + 1 : room);
  return { main, beside, more: others.slice(beside.length) };
}
