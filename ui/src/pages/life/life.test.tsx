import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../test/server';
import { pretendServer, Refusal } from '../../test/server';
import { show } from '../../test/show';

const item = {
  code: 'RO260908L010037',
  kind: 'serial',
  product: 'CY-R800',
  batch: 'B2637',
  state: 'sold',
  quality: 'released',
  owner: null,
  holder: 'P-WANG',
  marks: ['recalled'],
  mark_causes: [{ mark: 'recalled', cause: 'RC-2611-01', event: 9 }],
  place: null,
  parent: null,
  identifiers: [
    { namespace: 'own', value: 'RO260908L010037' },
    { namespace: 'mac', value: 'A4C1385E0B37' },
  ],
  born_at: '2026-09-08T07:52:00+08:00',
  place_since: '2026-10-06T15:33:00+08:00',
  state_since: '2026-10-06T15:33:00+08:00',
  warranty: { start: '2026-10-06', end: '2029-10-05', active: true },
  seq: 4,
};

const event = (seq: number, operation: string, more: object = {}) => ({
  seq,
  operation,
  occurred_at: `2026-09-${String(7 + seq).padStart(2, '0')}T08:00:00+08:00`,
  recorded_at: `2026-09-${String(7 + seq).padStart(2, '0')}T08:00:00+08:00`,
  actor: 'zhaojing',
  device: '',
  from: { state: null, place: null },
  to: { state: null, place: null },
  partner: null,
  document: null,
  event: 100 + seq,
  note: '',
  data: {},
  ...more,
});

const events = [
  event(1, 'commission', { document: 'WO-260908-1', to: { state: 'coded', place: null } }),
  event(2, 'inspect', {
    data: {
      quality: 'released',
      values: [
        { name: '产水量', value: '2.16', unit: 'L/min', limit: '≥ 2.10', ok: true },
        { name: '噪声', value: '52', unit: 'dB', limit: '≤ 50', ok: false },
      ],
    },
  }),
  event(3, 'receive', { document: 'RK-3', to: { state: 'in_stock', place: 'WH1' } }),
  event(4, 'activate', {
    partner: 'P-WANG',
    from: { state: 'in_stock', place: 'WH1' },
    to: { state: 'sold', place: null },
  }),
];

const path = '/items/RO260908L010037';
const answers = {
  [`GET ${path}`]: item,
  [`GET ${path}/history`]: { events, next: null },
  'GET /products/CY-R800': { code: 'CY-R800', name: '家用净水机', life_cycle: 'goods' },
  'GET /places/WH1': { code: 'WH1', name: '成品仓' },
  'GET /partners/P-WANG': { code: 'P-WANG', name: '王女士' },
  'GET /life-cycles': { life_cycles: [] },
  'GET /life-cycles/goods': {
    matrix: [
      { key: 'hold', targets: { sold: ['sold'] } },
      { key: 'pick', targets: { in_stock: ['picked'] } },
    ],
  },
  'POST /code-rules:decode': {
    readings: [
      {
        rule: 'RO',
        name: '净水机',
        version: 1,
        in_force: true,
        parts: [{ segment: 0, kind: 'constant', text: 'RO', meaning: '固定为 RO' }],
      },
    ],
  },
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
      data: [
        {
          name: 'reason',
          kind: 'text',
          zh: '原因',
          en: 'Reason',
          required: false,
          choices: [],
          example: null,
        },
      ],
    },
    {
      name: 'pick',
      zh: '拣货',
      en: 'Pick',
      icon: 'pick',
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

describe('a life history', () => {
  it('answers the six questions', async () => {
    pretendServer(answers);
    show(path);
    const head = await screen.findByRole('region', { name: '生命履历' });
    expect(within(head).getByText('已售出')).toBeVisible();
    expect(await within(head).findByText('王女士处')).toBeVisible();
    expect(within(head).getByText('至 2029-10-05')).toBeVisible();
    expect(within(head).getByText('召回 · 阻断')).toBeVisible();
    expect(within(head).getByText('RC-2611-01')).toBeVisible();
  });

  it('tells the life in stages, with what was measured', async () => {
    pretendServer(answers);
    show(path);
    const story = await screen.findByRole('region', { name: '从出生到今天' });
    await waitFor(() =>
      expect(
        within(story)
          .getAllByRole('heading', { level: 3 })
          .map((one) => one.textContent),
      ).toEqual(['生产', '入库', '流通']),
    );
    expect(within(story).getByText('实测 2 项，1 项超限')).toBeVisible();
    expect(await within(story).findByText(/→ 成品仓/)).toBeVisible();
  });

  it('can be read from the end', async () => {
    pretendServer(answers);
    show(path);
    await userEvent.click(await screen.findByText('最新在上'));
    const names = screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent);
    expect(names).toEqual(['流通', '入库', '生产']);
  });

  it('says what is written in the code and what else leads here', async () => {
    pretendServer(answers);
    show(path);
    expect(await screen.findByText('固定为 RO')).toBeVisible();
    expect(screen.getByRole('button', { name: '复制 A4C1385E0B37' })).toBeVisible();
  });

  it('offers only what the state allows, and does it', async () => {
    const seen = pretendServer({
      ...answers,
      'POST /operations/hold': { event: 9, accepted: 1, refused: [] },
    });
    show(path);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: '办理' }));
    const menu = await screen.findByRole('menu');
    expect(within(menu).queryByText('拣货')).toBeNull();
    await user.click(within(menu).getByText('冻结'));
    await user.type(await screen.findByRole('textbox', { name: '原因' }), '漏水');
    await user.click(screen.getByRole('button', { name: '冻结' }));
    await waitFor(() => expect(seen.some((request) => request.path === '/operations/hold')).toBe(true));
    const body = seen.find((request) => request.path === '/operations/hold')?.body;
    expect(body).toMatchObject({
      items: [{ identifier: item.code, namespace: 'own' }],
      data: { reason: '漏水' },
    });
  });

  it('shows what stands in the way of taking an event back', async () => {
    const seen = pretendServer({
      ...answers,
      'POST /operations/correct': { event: 10, accepted: 1, refused: [] },
    });
    show(path);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: /收货/ }));
    await user.click(await screen.findByRole('button', { name: '红冲这一条' }));
    const later = await screen.findByRole('region', { name: '它后面还有 1 条，挡着不能直接冲' });
    expect(within(later).getByText('激活')).toBeVisible();
    await user.type(screen.getByPlaceholderText('例：扫错单'), '扫错');
    expect(screen.getByRole('button', { name: '红冲' })).toBeDisabled();
    await user.click(within(later).getByRole('checkbox'));
    await user.type(screen.getByRole('textbox', { name: '红冲' }), '红冲');
    await user.click(screen.getByRole('button', { name: '红冲这 2 条' }));
    await waitFor(() => expect(seen.some((request) => request.path === '/operations/correct')).toBe(true));
    expect(seen.find((request) => request.path === '/operations/correct')?.body).toMatchObject({
      data: { event: 103, chain: true, reason: '扫错' },
    });
  });
});

describe('a code that leads nowhere, or to several', () => {
  const reading = (code: string, namespaces: string[]) => ({
    kind: 'item',
    rank: 1,
    via: 'near_miss',
    namespaces,
    item: { ...item, code },
    elements: {},
    problems: [],
  });

  it('shows what may have been meant', async () => {
    pretendServer({
      ...answers,
      'GET /items/RO26': () => new Refusal(404, { title: '不存在', code: 'unknown_item' }),
      'POST /scans': { readings: [reading('RO260908L010037', ['own'])] },
    });
    show('/items/RO26');
    expect(await screen.findByText('系统里没有 RO26')).toBeVisible();
    expect(await screen.findByRole('link', { name: /RO260908L010037/ })).toHaveAttribute('href', path);
  });

  it('asks which of several is meant', async () => {
    const asked: SeenRequest[] = pretendServer({
      ...answers,
      'GET /items/S1': () => new Refusal(409, { title: '冲突', code: 'ambiguous_item' }),
      'POST /scans': {
        readings: [reading('A-1', ['supplier_a']), { ...reading('B-1', ['supplier_b']), rank: 2 }],
      },
    });
    show('/items/S1');
    expect(await screen.findByRole('link', { name: /B-1/ })).toHaveAttribute(
      'href',
      '/items/S1?ns=supplier_b',
    );
    expect(asked.length).toBeGreaterThan(0);
  });
});
