import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import { handedCount } from '../scan/draft';

const item = (code: string) => ({
  code,
  kind: 'serial',
  product: 'CY-R800',
  batch: null,
  state: 'in_stock',
  quality: 'pending',
  owner: null,
  holder: null,
  marks: ['held'],
  mark_causes: [],
  place: 'A-03-1',
  parent: null,
  identifiers: [],
  born_at: null,
  place_since: '2026-09-08T07:52:00+08:00',
  state_since: '2026-09-08T07:52:00+08:00',
  warranty: { start: null, end: null, active: false },
  seq: 1,
});

const answers = {
  'GET /items': { items: [item('RO1'), item('RO2')], next: null },
  'GET /life-cycles': { life_cycles: [] },
  'GET /operations': [
    {
      name: 'hold',
      zh: '冻结',
      en: 'Hold',
      icon: 'lock',
      place: 'optional',
      holder: 'kept',
      single: false,
      quantities: true,
      chooses: [],
      allowed: true,
      data: [],
    },
  ],
};

describe('the list of items', () => {
  it('shows state, marks and place of each', async () => {
    pretendServer(answers);
    show('/items');
    expect(await screen.findByRole('button', { name: '复制 RO1' })).toBeVisible();
    expect(screen.getAllByText('在库')).toHaveLength(2);
    expect(screen.getAllByText('冻结')).toHaveLength(2);
    expect(screen.getAllByText('A-03-1')).toHaveLength(2);
  });

  it('asks the server for what the address says', async () => {
    const seen = pretendServer(answers);
    show('/items?place=WH1&state=in_stock');
    await waitFor(() => expect(seen.some((request) => request.path === '/items')).toBe(true));
    const query = seen.find((request) => request.path === '/items')?.query;
    expect([query?.get('place'), query?.get('state')]).toEqual(['WH1', 'in_stock']);
  });

  it('hands what was chosen over to the scan desk', async () => {
    pretendServer(answers);
    const { router } = show('/items');
    const user = userEvent.setup();
    const boxes = await screen.findAllByRole('checkbox');
    await user.click(boxes[1]!);
    await user.click(boxes[2]!);
    await user.click(await screen.findByRole('button', { name: '扫码作业' }));
    await user.click(await screen.findByRole('menuitem', { name: '冻结' }));
    await waitFor(() => expect(router.state.location.search).toBe('?op=hold'));
    expect(handedCount()).toBeLessThanOrEqual(2);
  });

  it('says what to do where nothing is found', async () => {
    pretendServer({ ...answers, 'GET /items': { items: [], next: null } });
    show('/items?prefix=ZZ');
    expect(await screen.findByText('没有符合条件的物品')).toBeVisible();
  });
});
