import type { FlowNode, NewWords } from './tree';
import { fresh } from './tree';

/** Words for what is new in tests. */
export const WORDS: NewWords = {
  title: (kind) => kind,
  column: (kind, number) => `${kind} ${number}`,
  otherwise: 'otherwise',
};

/** Numbers that look random and are the same every time. */
export function dice(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) | 0;
    return Math.abs(state ^ (state >>> 13)) % below;
  };
}

const LEAVES = ['fill', 'approve', 'copy', 'scan'];

/** A node of a kind with children. */
export const node = (kind: string, id: string, ...children: FlowNode[]): FlowNode => ({
  ...{ id, kind, title: id, options: {}, children },
});

/** A flow drawn at random. */
export function random(roll: (below: number) => number, depth = 3): FlowNode {
  const fill = (owner: FlowNode, left: number): FlowNode => {
    const count = roll(4);
    const children = Array.from({ length: count }, (_, at): FlowNode => {
      const block = left > 0 && roll(3) === 0;
      if (!block) {
        const last = at === count - 1 && owner.kind !== 'start' && roll(4) === 0;
        return fresh(last ? 'end' : (LEAVES[roll(LEAVES.length)] ?? 'fill'), WORDS);
      }
      const made = fresh(roll(2) === 0 ? 'branch' : 'parallel', WORDS);
      const more = Array.from({ length: roll(3) }, () => fresh(made.children[0]?.kind ?? 'case', WORDS));
      return { ...made, children: [...made.children, ...more].map((one) => fill(one, left - 1)) };
    });
    return { ...owner, children };
  };
  return fill({ ...fresh('start', WORDS), id: 'start' }, depth);
}
