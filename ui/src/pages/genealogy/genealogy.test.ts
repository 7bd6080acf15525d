import { describe, expect, it } from 'vitest';
import type { Genealogy, PartNode } from '../../api/genealogy';
import type { LifeEvent } from '../../api/items';
import { builtAt, differing, lanesOf, stacked, staysAt } from './lanes';
import { laidOut } from './layout';
import { keyOf, rowsOf, webOf } from './tree';

const node = (id: string, code: string, depth: number, more: Partial<PartNode> = {}): PartNode => ({
  id,
  kind: 'item',
  code,
  product: 'PUMP',
  batch: 'PB-2609-B',
  state: 'built_in',
  quality: 'released',
  marks: [],
  place: null,
  package: false,
  depth,
  ...more,
});
const edge = (parent: string, child: string, since: string, until: string | null = null) => ({
  parent,
  child,
  quantity: 1,
  since,
  until,
});
const root = node('i1', 'RO-1', 0, { product: 'RO', batch: null });
const answer: Genealogy = {
  root: 'i1',
  nodes: [
    root,
    node('i2', 'P-1', 1),
    node('i3', 'M-1', 2, { product: 'MOTOR' }),
    node('b1', 'FC-1', 1, { kind: 'batch', product: 'FILTER' }),
  ],
  edges: [
    edge('i1', 'i2', '2026-09-01T00:00:00Z'),
    edge('i2', 'i3', '2026-08-01T00:00:00Z'),
    edge('i1', 'b1', '2026-09-01T00:00:00Z'),
  ],
  next: null,
  total: 4,
  deeper: false,
};
const closed = { open: new Set<string>(), whole: new Set<string>(), others: [] };

describe('the rows of a drawing', () => {
  const web = webOf([{ answer, depth: 2 }], 'down');

  it('hold the root and what is directly inside, the rest folded', () => {
    const rows = rowsOf(web, root, closed);
    expect(rows.map((row) => [row.node.code, row.level, row.inner])).toEqual([
      ['RO-1', 0, 'open'],
      ['P-1', 1, 'closed'],
      ['FC-1', 1, 'none'],
    ]);
  });

  it('unfold level by level', () => {
    const pump = rowsOf(web, root, closed)[1]!;
    const rows = rowsOf(web, root, { ...closed, open: new Set([pump.path]) });
    expect(rows.map((row) => row.node.code)).toEqual(['RO-1', 'P-1', 'M-1', 'FC-1']);
    // Nothing has been asked about what is inside the motor.
    expect(rows[2]?.inner).toBe('closed');
  });

  it('put what was and what will be beside what is, and never twice', () => {
    const old = { node: node('i9', 'P-0', 1), edge: edge('i1', 'i9', '2026-08-20T00:00:00Z') };
    const same = web.steps.get(keyOf(root))![0]!;
    const rows = rowsOf(web, root, {
      ...closed,
      others: [
        { step: old, tense: 'past' },
        { step: same, tense: 'future' },
      ],
    });
    expect(rows.map((row) => [row.node.code, row.tense])).toEqual([
      ['RO-1', 'present'],
      ['P-0', 'past'],
      ['P-1', 'present'],
      ['FC-1', 'present'],
    ]);
  });

  it('say how many of a long list are not shown', () => {
    const many: Genealogy = {
      ...answer,
      nodes: [root, ...Array.from({ length: 30 }, (_, index) => node(`x${index}`, `X-${index}`, 1))],
      edges: Array.from({ length: 30 }, (_, index) => edge('i1', `x${index}`, '2026-09-01T00:00:00Z')),
    };
    const rows = rowsOf(webOf([{ answer: many, depth: 2 }], 'down'), root, closed);
    expect(rows).toHaveLength(25);
    expect(rows[0]?.hidden).toBe(6);
  });

  it('are laid out without overlapping', () => {
    const { spots, batches, height } = laidOut(rowsOf(web, root, closed));
    const cards = spots.slice(1);
    cards.slice(1).forEach((spot, index) => {
      expect(spot.y).toBeGreaterThanOrEqual(cards[index]!.y + cards[index]!.height);
    });
    expect(batches.map((spot) => spot.batch)).toEqual(['PB-2609-B', 'FC-1']);
    expect(height).toBeGreaterThan(0);
  });
});

describe('lanes', () => {
  const steps = [
    { node: node('i2', 'P-1', 1), edge: edge('i1', 'i2', '2026-09-01T00:00:00Z', '2026-10-14T00:00:00Z') },
    { node: node('i3', 'P-2', 1), edge: edge('i1', 'i3', '2026-10-14T00:00:00Z') },
    { node: node('i4', 'M-1', 1, { product: 'MEMBRANE' }), edge: edge('i1', 'i4', '2026-09-01T00:00:00Z') },
    { node: node('i5', 'P-9', 1), edge: edge('i1', 'i5', '2026-09-02T00:00:00Z', '2026-09-02T00:00:00Z') },
  ];
  const lanes = lanesOf(steps);
  const at = (text: string) => Date.parse(text);

  it('put what replaced each other into one lane, changed ones first, taken-back ones nowhere', () => {
    expect(
      lanes.map((lane) => [lane.slot, lane.changed, lane.stays.map((stay) => stay.step.node.code)]),
    ).toEqual([
      ['PUMP', true, ['P-1', 'P-2']],
      ['MEMBRANE', false, ['M-1']],
    ]);
  });

  it('know what was inside at a moment; the moment of a swap belongs to the new part', () => {
    const pump = lanes[0]!;
    expect(staysAt(pump, at('2026-10-13T00:00:00Z')).map((stay) => stay.step.node.code)).toEqual(['P-1']);
    expect(staysAt(pump, at('2026-10-14T00:00:00Z')).map((stay) => stay.step.node.code)).toEqual(['P-2']);
    expect(differing(lanes, at('2026-09-10T00:00:00Z'), at('2026-11-01T00:00:00Z'))).toBe(1);
  });

  it('stack parts that are inside at the same time', () => {
    expect(stacked(lanes[0]!.stays)).toHaveLength(1);
    const both = lanesOf([steps[0]!, { ...steps[1]!, edge: edge('i1', 'i3', '2026-09-05T00:00:00Z') }]);
    expect(stacked(both[0]!.stays)).toHaveLength(2);
  });

  it('take a thing as built when it first left, or when it was last assembled', () => {
    const event = (operation: string, occurred_at: string) => ({ operation, occurred_at }) as LifeEvent;
    const made = [event('commission', '1'), event('assemble', '2'), event('assemble', '3')];
    expect(builtAt(made)).toBe('3');
    expect(builtAt([...made, event('ship', '4'), event('swap', '5')])).toBe('4');
    expect(builtAt([event('commission', '1')])).toBeNull();
  });
});
