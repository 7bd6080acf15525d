import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { setLanguage } from '../i18n';
import type { TrailLine } from './api';
import { say } from './trail';

const line = (action: string, data: TrailLine['data'] = {}, title = '质检'): TrailLine => ({
  ...{ seq: 1, at: '2026-11-20T09:12:00+08:00', actor: { code: 'li', name: '李文涛' } },
  ...{ action, node: 'n1', title, data, step: 1, sign: null },
});
const names = {
  t: i18next.t,
  action: (name: string) => (name === 'stamp' ? '盖章' : name),
  person: (code: string) => (code === 'zhou' ? '周蕙' : code),
  node: (id: string) => (id === 'start' ? '发起' : ''),
};
const text = (action: string, data: TrailLine['data'] = {}) => say(line(action, data), names).text;

describe('the trail in words', () => {
  it('says what people did, with what they said', () => {
    const said = say(line('approve', { task: 4, comment: '数量已核对', fields: [] }), names);
    expect(said).toEqual({ who: '李文涛', text: '同意“质检”', comment: '数量已核对', tone: 'good' });
    expect(text('transfer', { to: ['zhou'] })).toBe('把“质检”转交给 周蕙');
    expect(text('transfer', { to: [{ code: 'zhou', name: '周蕙' }] })).toBe('把“质检”转交给 周蕙');
  });

  it('tells the two ways of sending back apart', () => {
    expect(text('send_back', { to: 'start', title: '发起', how: '' })).toBe(
      '从“质检”退回到“发起”，从那里重新走',
    );
    expect(text('send_back', { to: 'start', how: 'straight' })).toBe('从“质检”退回到“发起”，改完直接回来');
  });

  it('says how a flow began and how it ended', () => {
    expect(text('start', { origin: 'record' })).toBe('保存记录时自动发起');
    expect(text('end', { state: 'withdrawn' })).toBe('流程已撤回');
  });

  it('says what the system did, quietly', () => {
    expect(say(line('choose', { case: 'c1', title: '合格' }), names)).toMatchObject({
      text: '“质检”走“合格”',
      tone: 'quiet',
    });
    expect(text('leave', { outcome: 'copied', people: 3 })).toBe('“质检”抄送了 3 人');
    expect(text('split', { lanes: ['甲', '乙'] })).toBe('“质检”分 2 路同时走');
  });

  it('says who got the work where nobody was found, or who had it was shut out', () => {
    expect(text('nobody', { then: 'pass' })).toBe('“质检”没有找到人，自动通过');
    expect(text('nobody', { then: 'admin' })).toBe('“质检”没有找到人，交给流程管理员');
    expect(text('left', { users: ['li'], to: ['zhou'] })).toBe('“质检”的办理人停用了，改派给 周蕙');
  });

  it('says why something failed or was not sent, and which count was opened', () => {
    const reason = 'erp.example.com 没有回答';
    expect(text('fail', { problems: [], reason })).toBe(`“质检”没做成：${reason}`);
    expect(text('not_sent', { problems: [], reason })).toBe(`“质检”没有发出去：${reason}`);
    expect(text('count_opened', { count: 'PD-7' })).toBe('“质检”开了盘点单 PD-7');
    expect(text('migrate', { version: 1, to: 2 })).toBe('搬到了第 2 版');
  });

  it('says what it has no sentence for by the title of the action', () => {
    expect(text('stamp')).toBe('“质检”盖章');
  });

  it('speaks English', async () => {
    await setLanguage('en');
    expect(text('refuse')).toBe('refused “质检”');
    expect(say({ ...line('leave'), actor: { code: 'system', name: '' } }, names).who).toBe('System');
  });
});
