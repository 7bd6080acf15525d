import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../test/server';
import { pretendServer, Refusal } from '../../test/server';
import { show } from '../../test/show';
import { handOver } from './draft';

const operation = (name: string, zh: string, more: object = {}) => ({
  name,
  zh,
  en: name,
  icon: 'box',
  place: 'optional',
  holder: 'kept',
  single: false,
  quantities: true,
  chooses: [],
  allowed: true,
  data: [],
  ...more,
});

const item = (code: string) => ({
  code,
  kind: 'serial',
  product: 'CY-R800',
  batch: null,
  state: 'in_stock',
  quality: 'released',
  owner: null,
  holder: null,
  marks: [],
  place: 'A-03-1',
  parent: null,
  identifiers: [{ namespace: 'own', value: code }],
});

function scans({ body }: SeenRequest) {
  const { raw } = body as { raw: string };
  const known = raw.startsWith('RO');
  return {
    readings: [
      {
        kind: known ? 'item' : 'unknown',
        rank: 1,
        via: known ? 'identifier' : 'raw',
        item: known ? item(raw) : null,
        elements: {},
        problems: known
          ? []
          : [{ code: 'unknown_item', message: `系统里没有 ${raw}`, advice: '核对标签重扫', level: 'error' }],
      },
    ],
  };
}

const answers = {
  'GET /operations': [
    operation('pick', '拣货'),
    operation('hold', '冻结'),
    operation('scrap', '报废', { allowed: false }),
    operation('correct', '红冲'),
  ],
  'POST /scans': scans,
  'GET /products/CY-R800': {
    code: 'CY-R800',
    tracking: 'serial',
    life_cycle: 'goods',
    capture: { outbound_only: false, track_only: false },
  },
  'GET /life-cycles/goods': { matrix: [{ key: 'pick', targets: { in_stock: ['picked'] } }] },
};

const box = () => screen.findByRole('textbox', { name: /光标在这里就能扫/ });

describe('choosing an operation', () => {
  it('offers what the user may do', async () => {
    pretendServer(answers);
    show('/scan');
    expect(await screen.findByRole('link', { name: /拣货/ })).toHaveAttribute('href', '/scan?op=pick');
    expect(screen.queryByRole('link', { name: /报废/ })).toBeNull();
    expect(screen.queryByRole('link', { name: /红冲/ })).toBeNull();
  });

  it('shows what was left open', async () => {
    sessionStorage.setItem(
      'mazhi.scan.chenmin.hold',
      JSON.stringify({ operation: 'hold', rows: [{ id: 1, raw: 'RO1', at: 0, status: 'right' }] }),
    );
    pretendServer(answers);
    show('/scan');
    expect(await screen.findByText('已扫 1，未过账')).toBeVisible();
  });
});

describe('the desk', () => {
  it('answers each scan with a word, counts the right ones and posts them', async () => {
    const seen = pretendServer({
      ...answers,
      'POST /operations/pick': { event: 7, accepted: 2, refused: [] },
    });
    show('/scan?op=pick');
    const user = userEvent.setup();
    await user.type(await box(), 'RO1{Enter}');
    expect(await screen.findByText('对，已计入')).toBeVisible();
    await user.type(await box(), 'XX{Enter}');
    expect(await screen.findByText('不对，没计入')).toBeVisible();
    expect(screen.getByText('核对标签重扫')).toBeVisible();
    await user.type(await box(), 'RO1{Enter}');
    expect(await screen.findByText('扫过了，不重计')).toBeVisible();
    await user.type(await box(), 'RO2{Enter}');
    await waitFor(() => expect(screen.getByTestId('count')).toHaveTextContent('2'));

    await user.click(screen.getByRole('button', { name: '拣货 2 件，过账' }));
    expect(await screen.findByText('拣货 2 件，已过账')).toBeVisible();
    const posted = seen.find((request) => request.path === '/operations/pick');
    expect(posted?.body).toMatchObject({
      mode: 'all',
      items: [{ identifier: 'RO1' }, { identifier: 'RO2' }],
    });
    expect(screen.getByRole('link', { name: 'RO1' })).toHaveAttribute('href', '/items/RO1');
  });

  it('shows every refusal at its row and posts the rest when told to', async () => {
    const refused = {
      pointer: '/items/1',
      item: 'RO2',
      code: 'held',
      message: '被冻结：QC-77',
      advice: '找质量部',
      params: {},
    };
    const seen = pretendServer({
      ...answers,
      'POST /operations/pick': ({ body }: SeenRequest) =>
        (body as { mode: string }).mode === 'all'
          ? new Refusal(409, { title: '冲突', code: 'operation_refused', errors: [refused] })
          : { event: 8, accepted: 1, refused: [refused] },
    });
    show('/scan?op=pick');
    const user = userEvent.setup();
    await user.type(await box(), 'RO1{Enter}RO2{Enter}');
    await user.click(await screen.findByRole('button', { name: '拣货 2 件，过账' }));
    const list = await screen.findByRole('region', { name: '最近扫描' });
    expect(await within(list).findByText('被冻结：QC-77')).toBeVisible();
    expect(within(list).getByText('找质量部')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '只过账无误的 1 件' }));
    expect(await screen.findByText('拣货 1 件，已过账')).toBeVisible();
    expect(seen.filter((request) => request.path === '/operations/pick')).toHaveLength(2);
  });

  it('takes over what was chosen elsewhere', async () => {
    pretendServer(answers);
    const { router } = show('/scan');
    await screen.findByText('先选要办的事，再扫码');
    handOver(['RO1', 'RO2', 'RO3']);
    await router.navigate('/scan?op=pick');
    await waitFor(() => expect(screen.getByTestId('count')).toHaveTextContent('3'));
    expect(screen.getByText('清单扫完：3 件对，0 件不对，0 件重复')).toBeVisible();
  });

  it('takes a scan back', async () => {
    pretendServer(answers);
    show('/scan?op=pick');
    const user = userEvent.setup();
    await user.type(await box(), 'RO1{Enter}');
    await user.click(await screen.findByRole('button', { name: '撤销' }));
    await waitFor(() => expect(screen.getByTestId('count')).toHaveTextContent('0'));
  });
});
