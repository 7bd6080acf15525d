import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../test/server';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';

const guess = {
  upload: 'u1',
  name: '期初.xlsx',
  format: 'xlsx',
  encoding: '',
  sheets: ['期初'],
  sheet: '期初',
  header_rows: [1, 1],
  headers: ['机身编码', '型号', '备注'],
  columns: [
    { number: 1, letters: 'A', name: '机身编码', field: 'code' },
    { number: 2, letters: 'B', name: '型号', field: 'product' },
    { number: 3, letters: 'C', name: '备注', field: null },
  ],
  rows: [['RO1', 'CY-R800', '']],
  mapping: { 机身编码: 'code', 型号: 'product' },
  fields: [
    { name: 'code', zh: '序列号', en: 'Serial number', needed: true, kind: 'code' },
    { name: 'product', zh: '产品', en: 'Product', needed: true, kind: 'code' },
    { name: 'batch', zh: '批次', en: 'Batch', needed: false, kind: 'code' },
  ],
};

const bad = (row: number, code: string, message: string) => ({
  row,
  column: '型号',
  code,
  message,
  advice: '请检查编码。',
  field: 'product',
  cell: `B${row}`,
  value: 'CY-R80',
  suggestion: null,
});

const report = {
  rows: 10,
  good: 8,
  bad: [bad(4, 'unknown_product', '没有产品“CY-R80”。'), bad(7, 'duplicate_in_file', '与第 3 行重复。')],
  bad_rows: 2,
  bad_count: 2,
  by_code: { unknown_product: 1, duplicate_in_file: 1 },
  cleaned: 3,
  imported: 0,
  events: [],
  upload: 'u1',
  report: 'r1',
};

function answers(more: object = {}) {
  return {
    'GET /jobs': { jobs: [], next: null },
    'GET /life-cycles': { life_cycles: [] },
    'POST /items:import-guess': guess,
    'POST /items:import': ({ body }: SeenRequest) =>
      (body as FormData).get('dry_run') === 'true' ? report : { ...report, imported: 8, events: [5] },
    ...more,
  };
}

async function upload() {
  const file = new File(['x'], '期初.xlsx');
  await screen.findByText('把文件拖到这里，或点一下选文件');
  await userEvent.upload(document.querySelector<HTMLInputElement>('input[type=file]')!, file);
}

describe('importing items', () => {
  it('guesses the columns, checks every row, and imports the good ones', async () => {
    const seen = pretendServer(answers());
    show('/import');
    await upload();
    expect(await screen.findByText('没有产品“CY-R80”。')).toBeVisible();
    expect(screen.getByText('第 2 至 3 行无误，已折起')).toBeVisible();
    expect(screen.getByText('全角、空格、不可见字符已改好 3 处。')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: '导入 8 行' }));
    expect(await screen.findByText('导入了 8 件')).toBeVisible();
    const sent = seen
      .filter((request) => request.path === '/items:import')
      .map((one) => one.body as FormData);
    expect(sent.map((form) => form.get('dry_run'))).toEqual(['true', 'false']);
    expect(sent[1]?.get('upload')).toBe('u1');
    expect(sent[1]?.get('client_key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(sent[1]?.get('mapping') as string)).toEqual({ 机身编码: 'code', 型号: 'product' });
  });

  it('shows the rows of one reason', async () => {
    pretendServer(answers());
    show('/import');
    await upload();
    const chips = await screen.findByRole('group', { name: '按原因看' });
    await userEvent.click(within(chips).getByRole('button', { name: /产品不存在/ }));
    expect(screen.queryByText('与第 3 行重复。')).toBeNull();
    expect(screen.getByText('没有产品“CY-R80”。')).toBeVisible();
  });

  it('says which field is missing before anything is checked', async () => {
    const seen = pretendServer(
      answers({ 'POST /items:import-guess': { ...guess, mapping: { 机身编码: 'code' } } }),
    );
    show('/import');
    await upload();
    expect(await screen.findByText('还差：产品')).toBeVisible();
    expect(screen.getByRole('button', { name: '检查' })).toBeDisabled();
    expect(seen.some((request) => request.path === '/items:import')).toBe(false);
  });

  it('lets another column be chosen, which must be checked again', async () => {
    pretendServer(answers());
    show('/import');
    await upload();
    await screen.findByText('没有产品“CY-R80”。');
    const field = screen.getByRole('combobox', { name: '“备注”对应的字段' });
    await userEvent.click(field);
    const options = await screen.findAllByText('批次');
    await userEvent.click(options.at(-1)!);
    expect(await screen.findByText('列对好了')).toBeVisible();
  });

  it('follows a job where the file is large, also after the page was left', async () => {
    const done = {
      id: 'j1',
      kind: 'import_items',
      state: 'done',
      done: 10,
      total: 10,
      result: report,
      errors: [],
    };
    pretendServer(answers({ 'POST /items:import': { job: 'j1' }, 'GET /jobs/j1': done }));
    show('/import');
    await upload();
    expect(await screen.findByText('没有产品“CY-R80”。')).toBeVisible();
    await waitFor(() => expect(sessionStorage.getItem('mazhi.import.chenmin')).toContain('"u1"'));
  });
});
