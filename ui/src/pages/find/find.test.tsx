import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../api/client';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import { decide } from './destination';
import { recent } from './recent';

const base = { rank: 1, via: 'identifier', item: null, elements: {}, problems: [] };
const place: Reading = { ...base, kind: 'place', place: 'A-03-1', name: 'A-03-1' };
const product: Reading = { ...base, kind: 'product', product: 'CY-R800', name: '净水机' };
const unknown: Reading = {
  ...base,
  kind: 'unknown',
  via: 'raw',
  problems: [{ code: 'unknown_item', message: '系统里没有 X1' }],
};

describe('a scan outside of a job', () => {
  it('opens the one thing that it means, and remembers it', async () => {
    pretendServer({ 'POST /scans': { readings: [place] } });
    const { router } = show('/find?q=A-03-1', { rights: [] });
    await waitFor(() => expect(router.state.location.pathname).toBe('/places'));
    expect(router.state.location.search).toBe('?open=A-03-1');
    expect(recent()).toEqual([{ code: 'A-03-1', kind: 'place', to: '/places?open=A-03-1' }]);
  });

  it('lets the user choose between several', async () => {
    pretendServer({ 'POST /scans': { readings: [place, product] } });
    show('/find?q=A', { rights: [] });
    expect(await screen.findByText('不止一个，请选')).toBeVisible();
    expect(screen.getByRole('link', { name: /净水机/ })).toHaveAttribute('href', '/products?open=CY-R800');
  });

  it('says why and what to do when it means nothing', async () => {
    pretendServer({ 'POST /scans': { readings: [unknown] } });
    show('/find?q=X1', { rights: [] });
    expect(await screen.findByText('没认出来')).toBeVisible();
    expect(screen.getByText('系统里没有 X1')).toBeVisible();
  });

  it('never follows a guess by itself', () => {
    expect(decide([{ ...place, via: 'near_miss' }]).go).toBeNull();
  });
});
