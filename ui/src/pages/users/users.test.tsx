import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import type { Role, User } from './calls';
import { treeOf } from './DepartmentsTab';

const keeper: Role = {
  code: 'keeper',
  name: '仓管',
  everything: false,
  rights: [
    { right: 'operation.move', place: null },
    { right: 'operation.of_a_later_version', place: null },
  ],
  users: 1,
  version: 2,
};
const sunli: User = {
  username: 'sunli',
  name: '孙立',
  department: null,
  roles: ['keeper'],
  language: 'zh',
  email: '',
  active: true,
  must_change_password: true,
  version: 1,
  created_at: '2026-11-20T08:00:00+08:00',
};
const answers = {
  'GET /users': { users: [sunli], next: null },
  'GET /roles': { roles: [keeper] },
  'GET /departments': { departments: [] },
  'GET /rights': {
    rights: [
      { right: 'operation.move', name: '操作：移库', by_place: true },
      { right: 'operation.ship', name: '操作：发货', by_place: true },
      { right: 'users.manage', name: '管理用户', by_place: false },
    ],
  },
};

describe('users and roles', () => {
  it('are closed to who may not manage them', async () => {
    pretendServer(answers);
    show('/users', { rights: ['products.edit'] });
    expect(await screen.findByText('您没有这个页面的权限')).toBeVisible();
    expect(screen.queryByRole('link', { name: '用户与角色' })).toBeNull();
  });

  it('show who still has to change the password', async () => {
    pretendServer(answers);
    show('/users', { rights: ['users.manage'] });
    expect(await screen.findByText('孙立')).toBeVisible();
    expect(await screen.findByText('待改密码')).toBeVisible();
  });

  it('show a made-up password once', async () => {
    pretendServer({ ...answers, 'POST /users': { ...sunli, username: 'heyong', password: 'k7mp-3xqa' } });
    show('/users', { rights: ['users.manage'] });
    await userEvent.click(await screen.findByRole('button', { name: '新增用户' }));
    const drawer = await screen.findByRole('dialog');
    await userEvent.type(within(drawer).getByLabelText('账号'), 'heyong');
    await userEvent.type(within(drawer).getByLabelText('姓名'), '何勇');
    await userEvent.click(within(drawer).getByRole('button', { name: '保存' }));
    expect(await screen.findByText('heyong 的密码')).toBeVisible();
    expect(screen.getByRole('button', { name: '复制 k7mp-3xqa' })).toBeVisible();
  });

  it('send the ticked rights, and none that the server does not know', async () => {
    const seen = pretendServer({ ...answers, 'PATCH /roles/keeper': { ...keeper, version: 3 } });
    show('/users?tab=roles', { rights: ['users.manage'] });
    await userEvent.click(await screen.findByRole('button', { name: /仓管/ }));
    const drawer = await screen.findByRole('dialog');
    await userEvent.click(await within(drawer).findByRole('checkbox', { name: '发货' }));
    await userEvent.click(within(drawer).getByRole('button', { name: '保存' }));
    expect(await screen.findByText('保存成功')).toBeVisible();
    expect(seen.find((request) => request.method === 'PATCH')?.body).toEqual({
      name: '仓管',
      everything: false,
      rights: [
        { right: 'operation.move', place: null },
        { right: 'operation.ship', place: null },
      ],
      version: 2,
    });
  });

  it('hang departments below one another', () => {
    const one = (code: string, parent: string | null) => ({
      code,
      name: code,
      parent,
      head: null,
      active: true,
      version: 1,
    });
    const tree = treeOf([one('HQ', null), one('CK', 'HQ'), one('A', 'CK')]);
    expect(tree.map((row) => row.code)).toEqual(['HQ']);
    expect(tree[0]?.children?.[0]?.children?.[0]?.code).toBe('A');
  });
});
