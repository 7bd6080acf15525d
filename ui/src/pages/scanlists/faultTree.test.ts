import { describe, expect, it } from 'vitest';
import { familyFirst, faultsOf, treeOf } from './faultTree';

const LINES = ['VA-01 阀门/漏水', 'WM-01 水表/计量/不走字', 'WM-02  水表/外观/表盖破裂', 'broken'];

describe('faults', () => {
  it('are read from lines, and what is none is left out', () => {
    expect(faultsOf(LINES).map((one) => [one.code, one.steps.length])).toEqual([
      ['VA-01', 2],
      ['WM-01', 3],
      ['WM-02', 3],
    ]);
    expect(faultsOf(undefined)).toEqual([]);
  });

  it('stand in a tree whose branches cannot be chosen', () => {
    const [valves, meters] = treeOf(faultsOf(LINES));
    expect(valves?.children?.[0]).toMatchObject({ value: 'VA-01', title: 'VA-01 漏水', selectable: true });
    expect(meters?.selectable).toBe(false);
    expect(meters?.children?.map((one) => one.title)).toEqual(['计量', '外观']);
  });

  it('of the family of the product come first', () => {
    expect(familyFirst(faultsOf(LINES), '水表')[0]?.code).toBe('WM-01');
    expect(familyFirst(faultsOf(LINES), '没有')[0]?.code).toBe('VA-01');
  });
});
