import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';

const base = { batch: null, quality: 'released', owner: null, blocked: false };
const rows = [
  { ...base, product: 'WM-20', place: 'WH1', state: 'in_stock', quantity: 40 },
  { ...base, product: 'WM-20', place: 'WH1', state: 'in_stock', quantity: 2, blocked: true },
  { ...base, product: 'WM-20', place: null, state: 'sold', quantity: 8 },
  { ...base, product: 'VALVE', place: 'WH2', state: 'in_stock', quantity: 5 },
];
const answers = {
  'GET /life-cycles': { life_cycles: [] },
  'GET /products': { products: [{ code: 'WM-20', name: '智能水表', unit: '台' }], next: null },
  'GET /places': { places: [{ code: 'WH1', name: '成品仓' }], next: null },
};

/** Asking for rows by role takes jsdom seconds. */
function rowOf(cell: HTMLElement): HTMLElement {
  const row = cell.closest('tr');
  if (row === null) throw new Error('not in a row');
  return row;
}

describe('the stock page', () => {
  it('adds up by product and leads to the items behind a row', async () => {
    pretendServer({ ...answers, 'GET /stock': { rows } });
    show('/stock');
    const head = rowOf(await screen.findByText('智能水表'));
    expect(within(head).getByText('50')).toBeVisible();
    expect(within(head).getByText('其中 2 冻结或召回')).toBeVisible();
    const [first] = screen.getAllByLabelText('看这些件');
    expect(first).toHaveAttribute('href', '/items?product=WM-20&place=WH1&state=in_stock');
  });

  it('folds a group away and groups by place when asked', async () => {
    pretendServer({ ...answers, 'GET /stock': { rows } });
    show('/stock');
    await userEvent.click(await screen.findByText('VALVE'));
    expect(screen.queryByText('WH2')).toBeNull();
    await userEvent.click(screen.getByText('按库位'));
    const head = rowOf(await screen.findByText('成品仓'));
    expect(within(head).getByText('42')).toBeVisible();
    expect(screen.getByText('不在库位')).toBeVisible();
  });

  it('says what to do when there is nothing', async () => {
    pretendServer({ ...answers, 'GET /stock': { rows: [] } });
    show('/stock');
    expect(await screen.findByText('还没有库存')).toBeVisible();
  });
});
