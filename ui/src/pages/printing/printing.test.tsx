import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { PrintJob } from '../../printing/calls';
import { addressOf, percentOf, wellness } from '../../printing/states';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';

const job: PrintJob = {
  id: 'J1',
  kind: 'labels',
  label: 'PLATE',
  version: 2,
  printer: 'ZT-1',
  state: 'doubtful',
  wish: '',
  total: 10,
  printed: 6,
  doubtful: 2,
  counts: null,
  copies: 1,
  reason: '',
  document: '',
  trouble: null,
  errors: [],
  confirmed: null,
  file: null,
  created_by: 'zhang',
  created_at: '2026-11-22T03:04:05Z',
  started_at: null,
  finished_at: null,
};
const label = (n: number) => ({
  job: 'J1',
  n,
  item: `SN00${n}`,
  code: `SN00${n}`,
  record: '',
  copy: 1,
  label: 'PLATE',
  version: 2,
  printer: 'ZT-1',
  state: 'doubtful',
  reprint: false,
  reason: '',
  user: 'zhang',
  created_at: job.created_at,
  sent_at: null,
  printed_at: null,
  void_reason: '',
  void_by: '',
  void_at: null,
  replaced_by: null,
});
const answers = {
  'GET /print-jobs': { jobs: [job], next: null },
  'GET /print-jobs/J1': job,
  'GET /print-jobs/J1/labels': { labels: [label(7), label(8)], next: null },
  'GET /printers': { printers: [], next: null },
};

describe('a print job', () => {
  it('is settled label by label where nobody knows what came out', async () => {
    const seen = pretendServer({ ...answers, 'POST /print-jobs/J1:resolve': { ...job, doubtful: 0 } });
    show('/print?open=J1');
    const user = userEvent.setup();
    const doubtful = await screen.findByRole('region', { name: '待确认的标签' });
    expect(within(doubtful).getByText(/2 张不知道打出来没有/)).toBeVisible();
    const rows = await within(doubtful).findAllByRole('listitem');
    await user.click(within(rows[0]!).getByText('打出来了'));
    await user.click(within(doubtful).getByRole('button', { name: '其余重打' }));
    await waitFor(() =>
      expect(seen.find((request) => request.path.endsWith(':resolve'))?.body).toEqual({
        labels: [{ n: 7, outcome: 'printed' }],
        rest: 'again',
      }),
    );
  });

  it('has its first label scanned back, and says loudly when it is wrong', async () => {
    const wrong = { answer: 'wrong', expected: 'SN001', read: 'SN002', raw: 'SN002', by: 'zhang', at: '' };
    pretendServer({ ...answers, 'POST /print-jobs/J1:confirm': wrong });
    show('/print?open=J1');
    const user = userEvent.setup();
    const confirm = await screen.findByRole('region', { name: '扫第一张核对' });
    await user.type(within(confirm).getByLabelText('扫打出来的标签'), 'SN002{Enter}');
    const status = await within(confirm).findByRole('status');
    expect(status).toHaveTextContent('不对，先别贴');
    expect(status).toHaveTextContent('应为 SN001 · 读到 SN002');
  });
});

describe('what is said of printers and jobs', () => {
  it('is whole percents, an address in one line, and how a printer is', () => {
    expect(percentOf({ ...job, total: 3, printed: 2 })).toBe(66);
    expect(percentOf({ ...job, total: 0, printed: 0 })).toBe(0);
    const printer = { options: { host: '192.0.2.20', port: 9100 } } as unknown as Parameters<
      typeof addressOf
    >[0];
    expect(addressOf(printer)).toBe('192.0.2.20:9100');
    const status = { reachable: null, troubles: [] } as unknown as Parameters<typeof wellness>[0];
    expect(wellness(status)).toBe('unknown');
    expect(wellness({ ...status, reachable: true })).toBe('good');
    expect(wellness({ ...status, reachable: false })).toBe('bad');
  });
});
