import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { SeenRequest } from '../../test/server';
import { pretendServer } from '../../test/server';
import { show } from '../../test/show';
import type { Kinds, Segment } from './calls';

const kinds: Kinds = {
  groups: [
    { group: 'fixed', label: '固定' },
    { group: 'unique', label: '保证不重' },
  ],
  kinds: [
    {
      kind: 'constant',
      label: '常量',
      group: 'fixed',
      example: { kind: 'constant', value: 'WM' },
      parameters: [
        {
          name: 'value',
          type: 'text',
          label: '内容',
          help: '',
          required: true,
          default: null,
          choices: [],
          minimum: 1,
          maximum: 40,
        },
      ],
      presets: [],
    },
    {
      kind: 'counter',
      label: '流水号',
      group: 'unique',
      example: { kind: 'counter', width: 4 },
      parameters: [
        {
          name: 'width',
          type: 'integer',
          label: '位数',
          help: '',
          required: true,
          default: null,
          choices: [],
          minimum: 1,
          maximum: 18,
        },
        {
          name: 'reset',
          type: 'choice',
          label: '重新起算',
          help: '',
          required: false,
          default: 'never',
          choices: [
            { value: 'never', label: '不' },
            { value: 'day', label: '每日' },
          ],
          minimum: null,
          maximum: null,
        },
      ],
      presets: [],
    },
  ],
};
const segments: Segment[] = [
  { kind: 'constant', value: 'WM' },
  { kind: 'counter', width: 4, reset: 'never', per: [] },
];
const rule = {
  code: 'WM',
  name: '水表',
  version: 2,
  status: 'in_force',
  used: true,
  segments,
  example: 'WM0001',
  examples: ['WM0001'],
  hints: [],
  capacity: 9999,
  created_at: '2026-11-21T08:00:00Z',
  created_by: 'admin',
};
const forecast = {
  planned: 1_000_000,
  per_period: null,
  capacity: 9999,
  share: null,
  redraws: 0,
  collision: 0,
  guess: 1,
  hits: 1,
  guessing: 'easy',
};

/** Answers like the server's check for rules of constants and one counter. */
function checked(request: SeenRequest) {
  const sketch = request.body as { segments: Segment[] };
  let start = 0;
  const parts = sketch.segments.map((segment, place) => {
    const text =
      segment.kind === 'constant' ? String(segment['value']) : '1'.padStart(Number(segment['width']), '0');
    const part = {
      segment: place,
      kind: segment.kind,
      text,
      start,
      end: start + text.length,
      value: text,
      meaning: text,
    };
    start = part.end;
    return part;
  });
  const code = parts.map((part) => part.text).join('');
  const clash = code.startsWith('RO');
  return {
    problems: [],
    hints: [],
    overlaps: clash ? [{ rule: 'RO', name: '净水机', version: 1, example: code }] : [],
    examples: [code],
    parts,
    capacity: 9999,
    forecast,
    alternatives: [
      {
        label: '5 位流水',
        segments: [sketch.segments[0], { kind: 'counter', width: 5 }],
        forecast: { ...forecast, capacity: 99_999 },
      },
    ],
  };
}

const answers = {
  'GET /code-rules/segment-kinds': kinds,
  'GET /code-rules/WM': rule,
  'GET /code-rules/WM/versions': { rules: [rule] },
  'GET /products': { products: [], next: null },
  'POST /code-rules:check': checked,
};

const order = () =>
  within(screen.getByRole('list', { name: '码段的次序' }))
    .getAllByRole('button', { name: /^第/ })
    .map((chip) => chip.textContent);

describe('the code-rule designer', () => {
  it('draws the properties from the declaration and saves other segments as a new version', async () => {
    const seen = pretendServer({ ...answers, 'PUT /code-rules/WM': { ...rule, version: 3 } });
    show('/codes/WM');
    await userEvent.click(await screen.findByRole('button', { name: /第 2 段 流水号/ }));
    fireEvent.change(screen.getByRole('spinbutton', { name: /位数/ }), { target: { value: '6' } });
    expect(await screen.findByText('草稿 v3')).toBeVisible();
    const save = await screen.findByRole('button', { name: '保存为 v3' });
    await waitFor(() => expect(save).toBeEnabled());
    await userEvent.click(save);
    await waitFor(() => expect(seen.some((request) => request.method === 'PUT')).toBe(true));
    expect(seen.find((request) => request.method === 'PUT')?.body).toMatchObject({
      version: 2,
      segments: [{ value: 'WM' }, { width: 6 }],
    });
  });

  it('adds, moves and removes segments by the keyboard alone', async () => {
    pretendServer(answers);
    show('/codes/WM');
    const entry = await screen.findByRole('button', { name: '常量' });
    entry.focus();
    await userEvent.keyboard('{Enter}');
    expect(order()).toEqual(['常量WM', '流水号4 位', '常量WM']);
    screen.getByRole('button', { name: /第 3 段/ }).focus();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(order()).toEqual(['常量WM', '常量WM', '流水号4 位']);
    screen.getByRole('button', { name: /第 1 段/ }).focus();
    await userEvent.keyboard('{Delete}');
    expect(order()).toEqual(['常量WM', '流水号4 位']);
  });

  it('names the rule that it clashes with, offers what helps, and blocks saving', async () => {
    pretendServer(answers);
    show('/codes/WM');
    await userEvent.click(await screen.findByRole('button', { name: /第 1 段 常量/ }));
    fireEvent.change(screen.getByRole('textbox', { name: /内容/ }), { target: { value: 'RO' } });
    const warning = await screen.findByRole('alert', { name: '重号提醒' });
    expect(within(warning).getByText('会与规则「净水机」第 1 版重号')).toBeVisible();
    expect(within(warning).getByText('0001')).toBeVisible();
    expect(screen.getByRole('button', { name: '保存 · 先处理 1 处重号' })).toBeDisabled();
    await userEvent.click(await within(warning).findByRole('button', { name: '最前面加 W' }));
    expect(await screen.findByRole('button', { name: '保存为 v3' })).toBeVisible();
    expect(order()).toEqual(['常量W', '常量RO', '流水号4 位']);
  });

  it('takes an alternative over', async () => {
    pretendServer(answers);
    show('/codes/WM');
    await userEvent.click(await screen.findByRole('button', { name: '改用5 位流水' }));
    expect(order()).toEqual(['常量WM', '流水号5 位']);
  });

  it('reads a code back', async () => {
    const reading = {
      rule: 'WM',
      name: '水表',
      version: 1,
      in_force: false,
      parts: [
        { segment: 0, kind: 'constant', text: 'WM', start: 0, end: 2, value: 'WM', meaning: '固定为 WM' },
        { segment: 1, kind: 'counter', text: '0037', start: 2, end: 6, value: '37', meaning: '第 37 个' },
      ],
    };
    const seen = pretendServer({
      'GET /code-rules/segment-kinds': kinds,
      'GET /code-rules': { rules: [], next: null },
      'POST /code-rules:decode': { readings: [reading] },
    });
    show('/codes');
    await userEvent.type(await screen.findByRole('textbox', { name: '扫码，或输入一个码' }), 'WM0037{Enter}');
    expect(await screen.findByText('第 37 个')).toBeVisible();
    expect(seen.at(-1)?.body).toEqual({ code: 'WM0037' });
    expect(screen.getByText('还没有编码规则')).toBeVisible();
  });

  it('cannot be changed without the right', async () => {
    pretendServer(answers);
    show('/codes/WM', { rights: ['items.view'] });
    expect(await screen.findByRole('button', { name: '常量' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: /保存/ })).toBeNull();
  });
});
