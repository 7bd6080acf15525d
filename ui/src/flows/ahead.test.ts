import { describe, expect, it } from 'vitest';
import type { FlowNode, StepInfo } from './api';
import { following, nodesOf, standing, timeline } from './ahead';

const node = (id: string, kind: string, children: FlowNode[] = []): FlowNode => ({
  ...{ id, kind, title: id, options: {} },
  children,
});
const tree = node('start', 'start', [
  node('check', 'approve'),
  node('ways', 'branch', [node('good', 'case', [node('post', 'operation')]), node('else', 'case')]),
  node('both', 'parallel', [
    node('left', 'lane', [node('scan', 'scan'), node('label', 'print')]),
    node('right', 'lane', [node('fill', 'fill')]),
  ]),
  node('tell', 'copy'),
]);
const step = (id: number, of: string, state: StepInfo['state'], more: Partial<StepInfo> = {}): StepInfo => ({
  ...{ id, node: of, state, kind: nodesOf(tree).get(of)?.kind ?? '', outcome: '', people: [], data: {} },
  ...{ entered_at: '2026-11-20T09:12:00+08:00', left_at: null, due_at: null, scope: 0 },
  ...more,
});
const names = (steps: StepInfo[], state: 'running' | 'done' = 'running') =>
  timeline({ tree, steps, state }).map((one) => `${one.when} ${one.node.id}`);

describe('the timeline of a running flow', () => {
  it('tells what follows the present step, a branch as one line', () => {
    const steps = [step(1, 'start', 'done'), step(2, 'check', 'open')];
    expect(names(steps)).toEqual([
      ...['done start', 'now check', 'ahead ways'],
      ...['ahead scan', 'ahead label', 'ahead fill', 'ahead tell'],
    ]);
    expect(timeline({ tree, steps, state: 'running' })[2]?.ways).toEqual(['good', 'else']);
  });

  it('puts what one lane still does before what all lanes come to', () => {
    const steps = [
      ...[step(1, 'start', 'done'), step(2, 'check', 'done'), step(3, 'both', 'open')],
      ...[step(4, 'scan', 'open'), step(5, 'fill', 'open')],
    ];
    expect(names(steps).slice(2)).toEqual(['now scan', 'now fill', 'ahead label', 'ahead tell']);
  });

  it('shows what was sent back and what was undone by it, and leaves out what nobody had touched', () => {
    const did = {
      user: { code: 'li', name: '李' },
      state: 'done',
      comment: '',
      at: null,
      task: 1,
      via: 'who',
    };
    const steps = [
      step(1, 'start', 'undone', { people: [{ ...did, action: 'submit' }] }),
      ...[step(2, 'check', 'back'), step(3, 'fill', 'void'), step(4, 'start', 'open')],
    ];
    expect(names(steps).slice(0, 3)).toEqual(['gone start', 'back check', 'now start']);
    expect(names(steps)).toContain('ahead check');
  });

  it('has nothing ahead when the flow is over', () => {
    expect(names([step(1, 'start', 'done'), step(2, 'check', 'done')], 'done')).toEqual([
      'done start',
      'done check',
    ]);
  });
});

it('follows a node out of its case to what comes after the branch', () => {
  const post = nodesOf(tree).get('post') ?? tree;
  expect(following(tree, post).map((one) => one.id)).toEqual(['both', 'tell']);
});

it('takes the latest visit of a node for how it stands', () => {
  const found = standing([step(4, 'check', 'open'), step(2, 'check', 'back')]);
  expect(found.get('check')?.id).toBe(4);
});
