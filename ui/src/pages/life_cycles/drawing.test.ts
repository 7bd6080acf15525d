import { describe, expect, it } from 'vitest';
import type { Drawing, Row, State } from './calls';
import {
  addState,
  changeState,
  compare,
  fromAny,
  moveState,
  removeState,
  setBirth,
  setTargets,
  sizeOf,
  targets,
  usualTarget,
} from './drawing';
import { curve, layOut, placeLabels } from './layout';

const state = (code: string, group: State['group'] = 'ours'): State => ({
  code,
  zh: code,
  en: code,
  group,
  shape: 'dot',
  hue: 'ink',
  end: false,
});
const row = (key: string, part: Partial<Row> = {}): Row => ({
  key,
  stage: 'make',
  zh: key,
  en: key,
  choice: false,
  steady: false,
  ...part,
});

const drawing: Drawing = {
  name: '商品',
  states: [state('coded'), state('in_stock'), state('shipped', 'channel'), state('sold', 'user')],
  operations: {
    commission: [{ from: [], to: 'coded' }],
    receive: [{ from: ['coded', 'shipped'], to: 'in_stock' }],
    ship: [{ from: ['in_stock'], to: 'shipped' }],
    activate: [{ from: ['shipped'], to: 'sold' }],
    count: [{ from: ['*'], to: null }],
  },
};
const rows = ['commission', 'receive', 'ship', 'activate'].map((key) => row(key));

describe('a drawing', () => {
  it('lets an operation start from one more state', () => {
    const after = setTargets(drawing, 'receive', 'sold', ['in_stock']);
    expect(after.operations['receive']).toEqual([{ from: ['coded', 'shipped', 'sold'], to: 'in_stock' }]);
    expect(drawing.operations['receive']?.[0]?.from).toHaveLength(2);
  });

  it('forbids an operation where it has no target, and forgets it when none is left', () => {
    const after = setTargets(drawing, 'ship', 'in_stock', []);
    expect(targets(after, 'ship', 'in_stock')).toEqual([]);
    expect(after.operations).not.toHaveProperty('ship');
  });

  it('spells out "any state" before one of them is taken out', () => {
    expect(fromAny(drawing, 'count')).toBe(true);
    const after = setTargets(drawing, 'count', 'sold', []);
    expect(after.operations['count']).toEqual([{ from: ['coded', 'in_stock', 'shipped'], to: null }]);
  });

  it('keeps several targets in the order in which they were chosen', () => {
    const after = setTargets(drawing, 'adjust', 'in_stock', ['sold', 'coded']);
    expect(targets(after, 'adjust', 'in_stock')).toEqual(['sold', 'coded']);
  });

  it('begins a new cell with where the operation mostly leads', () => {
    expect(usualTarget(drawing, row('receive'))).toBe('in_stock');
    expect(usualTarget(drawing, row('count', { steady: true }))).toBeNull();
    expect(usualTarget(drawing, row('swap:in'))).toBe('built_in');
    expect(usualTarget(drawing, row('scrap'))).toBeUndefined();
  });

  it('changes a code in every move', () => {
    const after = changeState(drawing, 'shipped', { code: 'on_the_way' });
    expect(targets(after, 'ship', 'in_stock')).toEqual(['on_the_way']);
    expect(targets(after, 'receive', 'on_the_way')).toEqual(['in_stock']);
  });

  it('takes a state away with all that leads to it', () => {
    const after = removeState(drawing, 'shipped');
    expect(after.operations).not.toHaveProperty('ship');
    expect(after.operations).not.toHaveProperty('activate');
    expect(after.operations['receive']).toEqual([{ from: ['coded'], to: 'in_stock' }]);
  });

  it('moves a state only as far as there is room', () => {
    const codes = (one: Drawing) => one.states.map((found) => found.code);
    expect(codes(moveState(drawing, 'coded', 1))).toEqual(['in_stock', 'coded', 'shipped', 'sold']);
    expect(moveState(drawing, 'coded', -1)).toBe(drawing);
  });

  it('says what changed', () => {
    const after = setBirth(
      addState(setTargets(drawing, 'receive', 'shipped', []), state('lost', 'gone')),
      'in_stock',
    );
    const found = compare(drawing, after);
    expect(found.statesAdded.map((one) => one.code)).toEqual(['lost']);
    expect(found.arrowsRemoved).toEqual([
      { operation: 'commission', from: '', to: 'coded' },
      { operation: 'receive', from: 'shipped', to: 'in_stock' },
    ]);
    expect(found.arrowsAdded).toEqual([{ operation: 'commission', from: '', to: 'in_stock' }]);
    expect(sizeOf(found)).toBe(4);
    expect(sizeOf(compare(drawing, drawing))).toBe(0);
  });
});

describe('the picture', () => {
  const picture = layOut(drawing, rows);

  it('has a lane for each who may have the item', () => {
    expect(picture.lanes.map((lane) => lane.group)).toEqual(['ours', 'channel', 'user']);
  });

  it('follows the way from the birth and draws the way back beside it', () => {
    const main = picture.edges.filter((edge) => edge.main).map((edge) => `${edge.from} ${edge.to}`);
    expect(main.sort()).toEqual(['coded in_stock', 'in_stock shipped', 'shipped sold']);
    expect(picture.edges.find((edge) => edge.from === 'shipped' && edge.to === 'in_stock')?.main).toBe(false);
  });

  it('puts no two states in one place', () => {
    const places = [...picture.nodes.values()].map((node) => `${node.x} ${node.y}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('draws what leads from nearly everywhere as one short arrow', () => {
    const many = Array.from({ length: 8 }, (_, place) => state(`s${place}`));
    const wide: Drawing = {
      name: 'x',
      states: [...many, state('scrapped', 'gone')],
      operations: {
        commission: [{ from: [], to: 's0' }],
        scrap: [{ from: many.map((one) => one.code), to: 'scrapped' }],
      },
    };
    const drawn = layOut(wide, [row('commission'), row('scrap')]);
    expect(drawn.edges).toEqual([]);
    expect(drawn.bundles.map((one) => one.from.length)).toEqual([8]);
  });

  it('lays the texts of two arrows apart', () => {
    const [one, other] = [picture.nodes.get('coded'), picture.nodes.get('sold')];
    if (one === undefined || other === undefined) throw new Error('not laid out');
    const way = curve(one, other);
    const places = placeLabels(
      [
        { key: 'a', curve: way, text: '收货入库' },
        { key: 'b', curve: way, text: '发货' },
      ],
      picture.nodes.values(),
    );
    expect(places.get('a')).not.toEqual(places.get('b'));
  });
});
