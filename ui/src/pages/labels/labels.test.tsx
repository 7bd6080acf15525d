import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SeenRequest } from '../../test/server';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';

const template = {
  format: 1,
  width_mm: 60,
  height_mm: 40,
  elements: [
    { id: 'e1', kind: 'text', x: 2, y: 2, w: 30, h: 5, value: 'SN {item.code}' },
    {
      id: 'e2',
      kind: 'barcode',
      name: '机身码',
      x: 40,
      y: 2,
      w: 18,
      h: 18,
      symbology: 'qr',
      value: '{item.code}',
    },
  ],
};
const label = {
  code: 'PLATE',
  name: '机身铭牌',
  uuid: 'u',
  version: 4,
  active: true,
  draft: true,
  width_mm: 60,
  height_mm: 40,
  updated_at: '2026-11-21T08:00:00Z',
  updated_by: '陈敏',
  base: 4,
  revision: 2,
  saved_at: '2026-11-21T08:00:00Z',
  saved_by: '陈敏',
  template,
};
const preview = { width: 480, height: 320, png: 'iVBORw0KGgo=', checks: [], reads: [] };
const ready = {
  code: 'product-plate',
  name: '产品铭牌',
  note: '60 × 40 mm',
  width_mm: 60,
  height_mm: 40,
  template,
};
const answers = {
  'GET /labels': { labels: [label], next: null },
  'GET /labels/PLATE': label,
  'GET /labels:ready': { labels: [ready] },
  'POST /labels:preview': preview,
};

describe('the list of labels', () => {
  it('shows each label by its picture, with version, draft and size', async () => {
    pretendServer(answers);
    show('/labels');
    const list = await screen.findByRole('list', { name: '标签' });
    const card = await within(list).findByRole('listitem');
    expect(await within(card).findByRole('img', { name: '机身铭牌 的样子' })).toBeVisible();
    expect(within(card).getByText('已发布 v4')).toBeVisible();
    expect(within(card).getByText('草稿 v5')).toBeVisible();
    expect(within(card).getByText('60 × 40 mm')).toBeVisible();
  });

  it('makes a copy under another code', async () => {
    const seen = pretendServer({ ...answers, 'POST /labels': { ...label, code: 'PLATE-2' } });
    show('/labels');
    await userEvent.click(await screen.findByRole('button', { name: '机身铭牌 的操作' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: '复制一份' }));
    await userEvent.click(await screen.findByRole('button', { name: '复制一份' }));
    await waitFor(() =>
      expect(made(seen)).toMatchObject({ code: 'PLATE-2', name: '机身铭牌 副本', publish: true }),
    );
    expect(made(seen)).toMatchObject({ template: { width_mm: 60, elements: [{ id: 'e1' }, { id: 'e2' }] } });
  });

  it('begins from a ready label, or from nothing at a usual size', async () => {
    const seen = pretendServer({
      ...answers,
      'GET /labels': { labels: [], next: null },
      'POST /labels': label,
    });
    show('/labels');
    expect(await screen.findByText('还没有标签')).toBeVisible();
    await userEvent.click(screen.getAllByRole('button', { name: '新建标签' })[0]!);
    await userEvent.click(await screen.findByRole('button', { name: /产品铭牌/ }));
    expect(screen.getByRole('textbox', { name: '编码' })).toHaveValue('product-plate');
    await userEvent.click(screen.getByText('空白标签'));
    await userEvent.click(screen.getByRole('button', { name: '100 × 150' }));
    await userEvent.click(screen.getByRole('button', { name: '开始设计' }));
    await waitFor(() =>
      expect(made(seen)).toMatchObject({
        publish: false,
        template: { width_mm: 100, height_mm: 150, elements: [] },
      }),
    );
  });

  it('offers nothing that changes labels to whoever may not', async () => {
    pretendServer(answers);
    show('/labels', { rights: ['items.view'] });
    expect(await screen.findByText('机身铭牌')).toBeVisible();
    expect(screen.queryByRole('button', { name: /新建标签/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /的操作/ })).toBeNull();
  });
});

describe('a label on a phone', () => {
  it('is looked at and printed with the item that was chosen', async () => {
    vi.stubGlobal('matchMedia', (media: string) => ({
      matches: media.includes('max-width'),
      media,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
      addListener: () => undefined,
      removeListener: () => undefined,
    }));
    const printer = { code: 'ZT1', name: '产线一', language: 'zpl', dpi: 203, state: 'idle', trouble: null };
    const job = { id: 'j', state: 'done', printer: 'ZT1', printed: 1, total: 1, trouble: null, file: null };
    const seen = pretendServer({
      ...answers,
      'GET /labels:kinds': { elements: [{ name: 'text', label: '文本', properties: [] }], carriers: [] },
      'GET /labels:fields': { fields: [{ name: 'item.code', label: '序列号', group: 'item', value: 'A1' }] },
      'GET /items': { items: [{ code: 'A1' }, { code: 'A2' }], next: null },
      'GET /printers': { printers: [printer], next: null },
      'GET /print-jobs': { jobs: [], next: null },
      'POST /labels/PLATE:print': { job: 'j' },
      'GET /print-jobs/j': job,
    });
    show('/labels/PLATE');
    expect(await screen.findByText(/设计标签请用电脑/)).toBeVisible();
    expect(screen.getByText('SN {序列号}')).toBeVisible();
    await userEvent.click(await screen.findByRole('button', { name: '下一台' }));
    await userEvent.click(await screen.findByRole('button', { name: '打印 1 张' }));
    expect(await screen.findByText('打完了，共 1 张')).toBeVisible();
    const order = seen.find((request) => request.path === '/labels/PLATE:print')?.body;
    expect(order).toMatchObject({ printer: 'ZT1', items: ['A2'], copies: 1 });
  });
});

function made(seen: SeenRequest[]): unknown {
  return seen.find((request) => request.method === 'POST' && request.path === '/labels')?.body;
}
