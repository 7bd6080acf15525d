import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';

const job = {
  id: 'j1',
  kind: 'make',
  state: 'running',
  done: 20_000,
  total: 60_000,
  result: null,
  errors: [],
  created_by: 'chenmin',
  created_at: '2026-11-21T08:00:00Z',
  started_at: '2026-11-21T08:00:01Z',
  finished_at: null,
  cancelling: false,
  file: null,
};

describe('the jobs page', () => {
  it('shows how far a job is, and cancels it', async () => {
    let cancelled = false;
    const seen = pretendServer({
      'GET /jobs': () => ({ jobs: [{ ...job, cancelling: cancelled }], next: null }),
      'GET /jobs/j1': () => ({ ...job, cancelling: cancelled }),
      'POST /jobs/j1:cancel': () => {
        cancelled = true;
        return { ...job, cancelling: true };
      },
    });
    show('/jobs');
    await userEvent.click(await screen.findByText('20,000 / 60,000'));
    await userEvent.click(await screen.findByRole('button', { name: '取消任务' }));
    expect(await screen.findByRole('button', { name: '正在取消' })).toBeDisabled();
    expect(seen.some((request) => request.path === '/jobs/j1:cancel')).toBe(true);
  });

  it('shows every error of a failed job with what to do', async () => {
    const errors = [{ code: 'rule_exhausted', message: '号不够', advice: '加一位流水' }];
    const failed = { ...job, state: 'failed', finished_at: '2026-11-21T08:00:03Z', errors };
    pretendServer({ 'GET /jobs': { jobs: [failed], next: null }, 'GET /jobs/j1': failed });
    show('/jobs?open=j1');
    expect(await screen.findByText('加一位流水')).toBeVisible();
    expect(screen.getByText('1 个问题')).toBeVisible();
  });

  it('fetches the file of a job', async () => {
    const made = vi.fn(() => 'blob:1');
    URL.createObjectURL = made;
    const done = { ...job, kind: 'export_items', state: 'done', file: { name: 'items.xlsx', size: 52_000 } };
    const seen = pretendServer({
      'GET /jobs': { jobs: [done], next: null },
      'GET /jobs/j1': done,
      'GET /jobs/j1/file': 'bytes',
    });
    show('/jobs?open=j1');
    await userEvent.click(await screen.findByRole('button', { name: '下载 items.xlsx（52 kB）' }));
    expect(seen.at(-1)?.path).toBe('/jobs/j1/file');
    expect(made).toHaveBeenCalled();
  });
});
