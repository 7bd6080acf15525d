import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../api/master';
import type { SeenRequest } from '../../test/server';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';

const place = (code: string, kind: Place['kind'], path: string[]): Place => ({
  code,
  name: `${code} 名`,
  kind,
  parent: path.at(-2) ?? null,
  path,
  active: true,
  used: false,
  version: 1,
});
const all = [
  place('NB', 'site', ['NB']),
  place('WH1', 'warehouse', ['NB', 'WH1']),
  place('A-1', 'bin', ['NB', 'WH1', 'A-1']),
];
const stock = {
  product: 'LS-M4',
  batch: null,
  place: 'A-1',
  state: 'in_stock',
  quality: 'released',
  owner: null,
  blocked: false,
  quantity: 20000,
};

const server = () =>
  pretendServer({
    'GET /places': ({ query }: SeenRequest) => ({
      places: all.filter((one) => (one.parent ?? '') === query.get('parent')),
      next: null,
    }),
    'GET /places/A-1': all[2],
    'GET /stock': { rows: [stock] },
    'POST /places': all[2],
  });

describe('places', () => {
  it('unfold down to the open one and show what is in it', async () => {
    server();
    show('/places?open=A-1', { rights: [] });
    const tree = await screen.findByRole('region', { name: '库位树' });
    expect(await within(tree).findByRole('button', { name: /A-1 A-1 名/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    expect(await screen.findByText('20,000')).toBeVisible();
    expect(screen.queryByRole('button', { name: '修改' })).toBeNull();
  });

  it('are made in numbers from a pattern', async () => {
    const seen = server();
    show('/places?open=A-1', { rights: ['places.edit'] });
    await userEvent.click(await screen.findByRole('button', { name: '批量建货位' }));
    const pattern = await screen.findByDisplayValue('A-[01-05]-[1-4]');
    await userEvent.clear(pattern);
    await userEvent.type(pattern, 'B-[[1-3]');
    await userEvent.click(screen.getByRole('button', { name: '建 3 个' }));
    await screen.findByRole('button', { name: '修改' });
    const made = seen.filter((request) => request.method === 'POST').map((request) => request.body);
    expect(made).toEqual(
      ['B-1', 'B-2', 'B-3'].map((code) => ({ code, name: code, kind: 'bin', parent: 'A-1' })),
    );
  });
});
