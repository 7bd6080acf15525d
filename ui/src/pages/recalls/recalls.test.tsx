import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer, Refusal } from '../../test/server';
import { show } from '../../test/show';
import { criteriaOf, newRow } from './criteria';
import { clockText, workTabs } from './statuses';

const tally = (total: number, handled: number) => ({
  total,
  handled,
  open: total - handled,
  held: total,
  notified: total,
  percent: Math.round((handled * 1000) / total) / 10,
});
const where = { place: null, place_name: null, state: 'sold', partners: 3, regions: 1, ...tally(8, 7) };
const breakdown = {
  by_where: [where],
  by_state: [{ state: 'sold', ...tally(8, 7) }],
  by_place: [],
  by_product: [],
  by_partner: [
    { partner: 'P-1', name: '王女士', kind: 'person', region: '440000', phone: '', ...tally(8, 7) },
  ],
  by_region: [{ region: '440000', ...tally(8, 7) }],
  partners: 1,
  quantities: [],
};
const recall = {
  ...breakdown,
  id: 'RC-2611-01',
  name: '水泵漏水',
  mock: false,
  state: 'open',
  hash: 'abcdef0123456789',
  total: 8,
  parts: 8,
  document: '',
  note: '',
  opened_at: '2026-11-11T09:20:00+08:00',
  opened_by: '林涛',
  deadline: null,
  job: null,
  closed_at: null,
  closed_by: null,
  handled: 7,
  open: 1,
  effectiveness: 87.5,
  answered: 7,
  completeness: 87.5,
  criteria: { any: [{ supplier_batch: 'PB-2609-B' }] },
  located: 8,
  counted: 'opened',
  by_status: [
    { status: 'scheduled', total: 1 },
    { status: 'reworked', total: 7 },
  ],
  curve: [{ day: '2026-11-12', handled: 7, on_day: 7 }],
  clock: {
    located: 0.1,
    held: 3,
    listed: null,
    answered: null,
    notified: 0,
    elapsed: 60,
    limit: null,
    within: null,
  },
};
const piece = {
  code: 'RO260915L010001',
  role: 'unit',
  product: 'RO',
  batch: null,
  state: 'sold',
  quality: 'released',
  marks: ['recalled'],
  place: null,
  holder: 'P-1',
  holder_name: '王女士',
  parent: null,
  status: 'scheduled',
  handled: false,
  measure: '上门换泵',
  attempts: 1,
  held_at: null,
  notified_at: '2026-11-12T10:00:00+08:00',
  answered_at: null,
  handled_at: null,
  due: '2026-11-20',
  overdue: true,
};
const answers = {
  'GET /recalls/RC-2611-01': recall,
  'GET /recalls/RC-2611-01/items': { items: [piece], next: null },
  'GET /recalls/RC-2611-01/comparison': {
    recall: 'RC-2611-01',
    precise: 8,
    by_dates: 20,
    shared: 7,
    needless: 13,
    missed: 1,
    from: '2026-09-08',
    to: '2026-09-15',
    missed_codes: ['RO260831L020064'],
    products: [],
  },
  'GET /life-cycles': { life_cycles: [] },
};

describe('criteria', () => {
  it('several batches of one row are a criterion each', () => {
    const row = { ...newRow(1, 'batch'), values: { batch: 'PB-1\n PB-2 \n', product: 'HY' } };
    expect(criteriaOf([row], [])).toEqual({
      any: [
        { batch: 'PB-1', product: 'HY' },
        { batch: 'PB-2', product: 'HY' },
      ],
    });
  });

  it('become what the server takes; unfinished rows are left out', () => {
    const batch = { ...newRow(1), values: { supplier_batch: ' PB-1 ' }, onlyNow: true };
    const line = { ...newRow(2, 'line'), values: { line: 'L01', from: '2026-09-01' } };
    expect(criteriaOf([batch, line], ['RO'])).toEqual({
      any: [{ supplier_batch: 'PB-1', only_now: true }],
      products: ['RO'],
    });
    expect(criteriaOf([line], [])).toBeNull();
  });
});

describe('the tabs of work', () => {
  it('add up to all', () => {
    const tabs = workTabs(recall.by_status, 8);
    expect(tabs.map((tab) => [tab.key, tab.count])).toEqual([
      ['unhandled', 1],
      ['scheduled', 1],
      ['handled', 7],
      ['all', 8],
    ]);
  });

  it('tell time as a clock does', () => {
    expect(clockText(1044)).toBe('00:17:24');
  });
});

describe('a recall', () => {
  it('shows located and handled apart, what is left, and why not by dates', async () => {
    pretendServer(answers);
    show('/recalls/RC-2611-01');
    const figures = await screen.findByRole('region', { name: '召回进度' });
    expect(within(figures).getByTestId('effectiveness')).toHaveTextContent('87.5%');
    expect(within(figures).getByText('剩 1 台')).toBeVisible();
    const why = screen.getByRole('region', { name: '为什么不按日期召' });
    expect(await within(why).findByText('漏掉 1 台')).toBeVisible();
    expect(within(why).getByText('多召无关 13')).toBeVisible();
    expect(await screen.findByText('上门换泵')).toBeVisible();
  });

  it('registers a piece by scan and says why another is refused', async () => {
    const seen = pretendServer({
      ...answers,
      'POST /recalls/RC-2611-01/actions': (request: { body: unknown }) =>
        (request.body as { items: string[] }).items[0] === 'RO260915L010001'
          ? { accepted: 1, event: null, job: null, refused: [] }
          : new Refusal(409, {
              title: '不能办理',
              status: 409,
              code: 'operation_refused',
              errors: [{ code: 'not_in_recall', message: '不在召回单里', advice: '另立一单' }],
            }),
    });
    show('/recalls/RC-2611-01');
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: '扫码登记处理' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('扫序列号'), 'RO260915L010001{Enter}');
    await waitFor(() => expect(within(dialog).getByRole('status')).toHaveTextContent('已返工'));
    await user.type(within(dialog).getByLabelText('扫序列号'), 'X1{Enter}');
    await waitFor(() =>
      expect(within(dialog).getByRole('status')).toHaveTextContent('不在召回单里 另立一单'),
    );
    const sent = seen.filter((request) => request.path.endsWith('/actions'));
    expect(sent[0]?.body).toMatchObject({ kind: 'rework', items: ['RO260915L010001'] });
  });

  it('asks before going on where the criteria match everything', async () => {
    const seen = pretendServer({
      ...answers,
      'POST /recalls:preview': {
        ...breakdown,
        total: 8,
        parts: 0,
        sample: [],
        nothing: false,
        everything: true,
        unknown_codes: [],
        warnings: ['recall_matches_everything'],
      },
      'POST /recalls': {
        id: 'RC-2611-01',
        total: 8,
        parts: 0,
        hash: '',
        marked: 8,
        held_balances: 0,
        job: null,
      },
    });
    show('/recalls/new?supplier_batch=PB-2609-B');
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText(/名称/), '全部');
    const go = await screen.findByRole('button', { name: '发起召回（8 台）' });
    expect(go).toBeDisabled();
    await user.click(screen.getByRole('checkbox', { name: '我看过上面的提醒，仍要发起' }));
    await user.click(go);
    await screen.findByRole('region', { name: '召回进度' });
    expect(seen.find((request) => request.path === '/recalls')?.body).toMatchObject({
      name: '全部',
      confirmed: true,
      criteria: { any: [{ supplier_batch: 'PB-2609-B' }] },
    });
  });
});
