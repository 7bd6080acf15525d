import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import { missing } from './Changes';

const entry = {
  id: 7,
  recorded_at: '2026-11-20T08:00:00+08:00',
  actor: 'admin',
  subject: 'product',
  key: 'CY-R800',
  action: 'change',
  before: { name: '旧名', active: true },
  after: { name: '新名', active: false },
};

describe('the audit trail', () => {
  it('tells old and new in words', async () => {
    pretendServer({ 'GET /audit': { entries: [entry], next: null } });
    show('/audit', { rights: ['audit.view'] });
    expect(await screen.findByText('旧名')).toBeVisible();
    expect(screen.getByText('新名')).toBeVisible();
    expect(screen.getByText('修改')).toBeVisible();
    expect(screen.getByText('否')).toBeVisible();
  });

  it('tells only what came and went of a list of rights', () => {
    const before = [{ right: 'a', place: null }, { right: 'b' }];
    const after = [{ right: 'a', place: 'WH1' }, { right: 'b' }];
    expect(missing(before, after)).toEqual(['a']);
    expect(missing(after, before)).toEqual(['a@WH1']);
  });
});
