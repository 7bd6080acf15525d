import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer, Refusal } from '../../test/server';
import { show } from '../../test/show';

const rule = {
  code: 'WM',
  name: '水表',
  version: 1,
  status: 'in_force',
  used: true,
  segments: [
    { kind: 'constant', value: 'WM' },
    { kind: 'field', name: 'line', width: 3 },
    { kind: 'counter', width: 4 },
  ],
  example: 'WML010001',
  capacity: 9999,
  created_at: '2026-11-21T08:00:00Z',
  created_by: 'admin',
};
const answers = {
  'GET /code-rules': { rules: [rule], next: null },
  'GET /products/WM-20': { code: 'WM-20', name: '智能水表', tracking: 'serial', rule: 'WM' },
  'GET /places': { places: [{ code: 'L01', name: '一线', kind: 'line' }], next: null },
  'GET /jobs': { jobs: [], next: null },
  'POST /code-rules/WM/preview': { examples: ['WML010001', 'WML010002'] },
};

async function fillIn() {
  await screen.findByText('水表（WM）');
  fireEvent.change(screen.getByRole('combobox', { name: '产线' }), { target: { value: 'L01' } });
}

describe('making codes', () => {
  it('takes the rule of the product, asks for its fields, and shows the codes made', async () => {
    const made = {
      event: 7,
      count: 100,
      first: 'WML010001',
      last: 'WML010100',
      codes: ['WML010001', 'WML010100'],
    };
    const seen = pretendServer({ ...answers, 'POST /items:generate': made });
    show('/making?product=WM-20');
    expect(await screen.findByRole('button', { name: '先填规则要的内容' })).toBeDisabled();
    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: '生成 100 个码' }));
    expect(await screen.findByText('已生成 100 个码')).toBeVisible();
    const body = seen.find((request) => request.path === '/items:generate')?.body;
    expect(body).toMatchObject({ product: 'WM-20', rule: 'WM', count: 100, fields: { line: 'L01' } });
  });

  it('sends the same order again under the same key, a changed one under another', async () => {
    let tries = 0;
    const seen = pretendServer({
      ...answers,
      'POST /items:generate': () => {
        tries += 1;
        return new Refusal(503, { title: '服务器忙', code: 'busy', status: 503 });
      },
    });
    show('/making?product=WM-20');
    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: '生成 100 个码' }));
    await screen.findByText('服务器忙');
    await userEvent.click(screen.getByRole('button', { name: '生成 100 个码' }));
    await screen.findByText('服务器忙');
    await userEvent.click(screen.getByRole('button', { name: '1,000' }));
    await userEvent.click(screen.getByRole('button', { name: '生成 1,000 个码' }));
    await screen.findByText('服务器忙');
    expect(tries).toBe(3);
    const keys = seen
      .filter((request) => request.path === '/items:generate')
      .map((request) => (request.body as { client_key: string }).client_key);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
  });

  it('counts typed codes while they are typed and says what is wrong with them', async () => {
    const seen = pretendServer({
      ...answers,
      'POST /items:generate': { event: 8, count: 6, first: 'SN001', last: 'SN9', codes: ['SN001', 'SN9'] },
    });
    show('/making?product=WM-20');
    await userEvent.click(await screen.findByText('用现成的码'));
    const box = screen.getByRole('textbox', { name: '现成的码' });
    fireEvent.change(box, { target: { value: 'SN001-SN005, A5-A1' } });
    expect(await screen.findByText('末号小于首号')).toBeVisible();
    expect(screen.getByRole('button', { name: '先改正写错的码' })).toBeDisabled();
    fireEvent.change(box, { target: { value: 'SN001-SN005, SN9' } });
    await userEvent.click(await screen.findByRole('button', { name: '生成 6 个码' }));
    await screen.findByText('已生成 6 个码');
    expect(seen.find((request) => request.path === '/items:generate')?.body).toMatchObject({
      codes: 'SN001-SN005, SN9',
      count: 6,
      namespace: 'own',
    });
  });

  it('keeps a large order in the address as a job', async () => {
    const job = {
      id: 'j9',
      kind: 'make',
      state: 'running',
      done: 10_000,
      total: 100_000,
      result: null,
      errors: [],
    };
    pretendServer({ ...answers, 'POST /items:generate': { job: 'j9' }, 'GET /jobs/j9': job });
    const { router } = show('/making?product=WM-20');
    await fillIn();
    fireEvent.change(screen.getByRole('spinbutton', { name: '数量' }), { target: { value: '100000' } });
    await userEvent.click(await screen.findByRole('button', { name: '生成 100,000 个码' }));
    expect(await screen.findByText(/离开本页也会继续/, { selector: '.muted' })).toBeVisible();
    expect(router.state.location.search).toContain('job=j9');
  });
});
