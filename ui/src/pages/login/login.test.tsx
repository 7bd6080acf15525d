import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { session, signOut } from '../../api/session';
import { pretendServer, Refusal } from '../../test/server';
import { show } from '../../test/show';
import { safeNext } from './LoginPage';

beforeEach(() => signOut());

async function fillIn() {
  await userEvent.type(await screen.findByLabelText('账号'), 'admin');
  await userEvent.type(screen.getByLabelText('密码'), 'secret-secret');
  await userEvent.click(screen.getByRole('button', { name: '登录' }));
}

describe('signing in', () => {
  it('sends a visitor to the sign-in page and back to where he wanted to go', async () => {
    const user = { username: 'admin', admin: true, rights: {}, must_change_password: false };
    const seen = pretendServer({ 'POST /login': { token: 't1', user } });
    const { router } = show('/nowhere?x=1', { rights: null });
    await fillIn();
    expect(await screen.findByText('没有这个页面')).toBeVisible();
    expect(router.state.location.pathname + router.state.location.search).toBe('/nowhere?x=1');
    expect(seen[0]?.body).toEqual({ username: 'admin', password: 'secret-secret', remember: true });
    expect(session()?.token).toBe('t1');
  });

  it('says why it was refused', async () => {
    pretendServer({
      'POST /login': new Refusal(401, { title: '账号或密码不对', code: 'wrong_password', status: 401 }),
    });
    show('/login', { rights: null });
    await fillIn();
    expect(await screen.findByText('账号或密码不对')).toBeVisible();
  });

  it('asks for a new password when an administrator has set the present one', async () => {
    const user = { username: 'li', rights: {}, must_change_password: true };
    pretendServer({ 'POST /login': { token: 't2', user } });
    show('/login', { rights: null });
    await fillIn();
    expect(await screen.findByText('这个密码是管理员替您设的，请先换成只有自己知道的。')).toBeVisible();
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', null])(
    'never leaves for %s',
    (next) => {
      expect(safeNext(next)).toBe('/');
    },
  );
});
