import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import { share } from './BalanceBar';
import type { Balance } from './calls';

const balance: Balance = {
  made: 27,
  ready: 3,
  spoiled_before: 1,
  issued: 26,
  bound: 10,
  spoiled: 2,
  returned: 3,
  left: 11,
  missing: 4,
  adds_up: true,
};

describe('the bar of a roll', () => {
  it('shows every label exactly once', () => {
    const counts = share(balance);
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(balance.made);
  });
});

const bound = {
  events: [7, 8],
  labels: [
    {
      label: 'W1',
      roll: 'R1',
      set: 2,
      part: '机身',
      kind: 'piece',
      aliases: [],
      item: null,
      package: 'C2',
    },
    {
      label: 'C2',
      roll: 'R1',
      set: 2,
      part: '外箱',
      kind: 'package',
      aliases: [],
      item: null,
      package: null,
    },
  ],
};

describe('the binding desk', () => {
  it('answers a scan with the piece and the package that it went into', async () => {
    const server = pretendServer({ 'POST /rolls:bind': bound });
    show('/rolls/bind', { rights: ['items.make'] });
    const box = await screen.findByPlaceholderText('扫标签');
    await userEvent.type(box, 'W1{Enter}');
    expect(await screen.findByText('已绑定，R1 第 2 套，装入 C2')).toBeInTheDocument();
    expect(screen.getByTestId('bound-count')).toHaveTextContent('1');
    expect(server.find((one) => one.path === '/rolls:bind')?.body).toMatchObject({
      scans: [{ label: 'W1', whole_set: false }],
    });
  });

  it('asks for the piece after the label where it goes on a piece that exists', async () => {
    const server = pretendServer({ 'POST /rolls:bind': bound });
    show('/rolls/bind', { rights: ['items.make', 'operation.relabel'] });
    await userEvent.click(await screen.findByText('贴到已有的件'));
    await userEvent.type(screen.getByPlaceholderText('扫标签'), 'W1{Enter}');
    await userEvent.type(await screen.findByPlaceholderText('再扫这件原来的码'), 'OLD{Enter}');
    await waitFor(() =>
      expect(server.find((one) => one.path === '/rolls:bind')?.body).toMatchObject({
        scans: [{ label: 'W1', item: 'OLD' }],
      }),
    );
  });
});
