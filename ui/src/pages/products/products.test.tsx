import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Product } from '../../api/master';
import type { Answers } from '../../test/server';
import { pretendServer, Refusal } from '../../test/server';
import { show } from '../../test/show';
import { NEW_PRODUCT } from './calls';

const machine: Product = {
  ...NEW_PRODUCT,
  code: 'CY-R800',
  name: '净水机',
  warranty_days: 730,
  warranty_delay_days: 0,
  used: false,
  version: 3,
};
const server = (more: Answers = {}) =>
  pretendServer({
    'GET /products': { products: [machine], next: null },
    'GET /products/CY-R800': machine,
    'GET /code-rules': { rules: [], next: null },
    'GET /life-cycles': { life_cycles: [{ code: 'goods', name: '商品' }] },
    ...more,
  });

describe('products', () => {
  it('says what to do first when there are none', async () => {
    server({ 'GET /products': { products: [], next: null } });
    show('/products', { rights: ['products.edit'] });
    expect(await screen.findByText('还没有产品')).toBeVisible();
  });

  it('may be looked at but not added without the right', async () => {
    server();
    show('/products', { rights: [] });
    expect(await screen.findByText('2 年')).toBeVisible();
    expect(screen.queryByRole('button', { name: '新增产品' })).toBeNull();
  });

  it('sends the search to the server and keeps it in the address', async () => {
    const seen = server();
    const { router } = show('/products', { rights: [] });
    await userEvent.type(await screen.findByLabelText('编码、名称、条码'), '净水');
    await waitFor(() => expect(seen.at(-1)?.query.get('q')).toBe('净水'));
    expect(router.state.location.search).toBe(`?q=${encodeURIComponent('净水')}`);
  });

  it('puts what the server refuses at its field and keeps what was typed', async () => {
    const errors = [
      { pointer: '/code', item: null, code: 'already_exists', message: '已存在。', advice: '换一个。' },
    ];
    const seen = server({
      'POST /products': new Refusal(422, {
        title: '有误',
        status: 422,
        code: 'invalid_input',
        detail: '有误',
        errors,
      }),
    });
    show('/products?open=%2B', { rights: ['products.edit'] });
    const drawer = await screen.findByRole('dialog');
    await userEvent.type(await within(drawer).findByLabelText('编码'), 'CY-R800');
    await userEvent.type(within(drawer).getByLabelText('名称'), '净水机');
    await userEvent.click(within(drawer).getByRole('button', { name: '保存' }));
    expect((await within(drawer).findAllByText(/已存在。/))[0]).toBeVisible();
    expect(within(drawer).getByLabelText('编码')).toHaveValue('CY-R800');
    expect(seen.at(-1)?.body).toMatchObject({
      code: 'CY-R800',
      name: '净水机',
      tracking: 'serial',
      gtin: null,
    });
  });

  it('changes the version that was read', async () => {
    const seen = server({ 'PATCH /products/CY-R800': { ...machine, version: 4 } });
    show('/products?open=CY-R800', { rights: ['products.edit'] });
    const drawer = await screen.findByRole('dialog');
    await userEvent.type(await within(drawer).findByDisplayValue('净水机'), ' 二代');
    await userEvent.click(within(drawer).getByRole('button', { name: '保存' }));
    expect(await screen.findByText('保存成功')).toBeVisible();
    const sent = seen.find((request) => request.method === 'PATCH');
    expect(sent?.body).toMatchObject({ name: '净水机 二代', version: 3, warranty_days: 730 });
  });
});
