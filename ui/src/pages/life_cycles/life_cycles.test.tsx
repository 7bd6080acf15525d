import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import type { State } from './calls';

const state = (code: string, zh: string, group: State['group']): State => ({
  code,
  zh,
  en: code,
  group,
  shape: 'dot',
  hue: 'ink',
  end: group === 'gone',
});
const row = (key: string, zh: string, stage: string) => ({
  key,
  zh,
  en: key,
  stage,
  choice: key === 'adjust',
  steady: key === 'count',
});
const goods = {
  code: 'goods',
  name: '商品',
  version: 3,
  birth: 'coded',
  states: [
    state('coded', '已赋码', 'ours'),
    state('in_stock', '在库', 'ours'),
    state('scrapped', '已报废', 'gone'),
  ],
  operations: {
    commission: [{ from: [], to: 'coded' }],
    receive: [{ from: ['coded'], to: 'in_stock' }],
    scrap: [{ from: ['in_stock'], to: 'scrapped' }],
    count: [{ from: ['*'], to: null }],
  },
  matrix: [
    row('commission', '赋码', 'make'),
    row('receive', '收货', 'warehouse'),
    row('scrap', '报废', 'keep'),
    row('adjust', '调整', 'keep'),
    row('count', '盘点', 'keep'),
  ],
  warnings: [],
  versions: [{ version: 3, name: '商品', created_at: '2026-11-21T08:00:00Z', created_by: 'admin' }],
};
const answers = {
  'GET /life-cycles': { life_cycles: [goods] },
  'GET /life-cycles/goods': goods,
  'POST /life-cycles:check': { errors: [], warnings: [] },
};

describe('the life-cycle editor', () => {
  it('allows an operation by a click, undoes it, and saves a new version', async () => {
    const seen = pretendServer({
      ...answers,
      'PUT /life-cycles/goods': { code: 'goods', version: 4, warnings: [] },
    });
    show('/life-cycles');
    await userEvent.click(await screen.findByRole('button', { name: '已赋码 时不能报废' }));
    expect(screen.getByText('草稿 · 改了 1 处')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '撤销' }));
    expect(screen.queryByText('草稿 · 改了 1 处')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '已赋码 时不能报废' }));
    await userEvent.click(screen.getByRole('button', { name: '保存为 v4' }));
    await waitFor(() => expect(seen.some((request) => request.method === 'PUT')).toBe(true));
    expect(seen.find((request) => request.method === 'PUT')?.body).toMatchObject({
      base: 3,
      name: '商品',
      operations: { scrap: [{ from: ['in_stock', 'coded'], to: 'scrapped' }] },
    });
  });

  it('changes where an operation leads', async () => {
    pretendServer(answers);
    show('/life-cycles/goods');
    await userEvent.click(await screen.findByRole('button', { name: '已赋码 时可以收货，之后是在库' }));
    const menu = await screen.findByRole('group', { name: '去哪里' });
    expect(menu).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '不允许' }));
    expect(await screen.findByRole('button', { name: '已赋码 时不能收货' })).toBeVisible();
  });

  it('says what is wrong in words and does not save it', async () => {
    const error = {
      pointer: '/operations/receive/0/to',
      code: 'unknown_state',
      message: '“receive”通向“in_stock”有误。',
      advice: '请改选别的。',
    };
    pretendServer({ ...answers, 'POST /life-cycles:check': { errors: [error], warnings: [] } });
    show('/life-cycles/goods');
    expect(await screen.findByText('“收货”通向“在库”有误。')).toBeVisible();
    expect(screen.getByRole('button', { name: '保存 · 先改 1 处错' })).toBeDisabled();
  });

  it('can only be looked at without the right', async () => {
    pretendServer(answers);
    show('/life-cycles/goods', { rights: ['items.view'] });
    expect(await screen.findByRole('button', { name: '已赋码 时不能报废' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: /保存/ })).toBeNull();
  });

  it('takes up a draft that was not saved', async () => {
    pretendServer(answers);
    const first = show('/life-cycles/goods');
    await userEvent.click(await screen.findByRole('button', { name: '已赋码 时不能报废' }));
    first.unmount();
    show('/life-cycles/goods');
    expect(await screen.findByText('已接着上次没保存的改动')).toBeVisible();
  });
});
