import type { TFunction } from 'i18next';
import type { Person, TrailLine } from './api';

/** One line of the trail in words. */
export interface Said {
  /** Who did it; the system where nobody did, empty where nobody could. */
  who: string;
  /** What was done. */
  text: string;
  /** In the words of whoever did it. */
  comment: string;
  tone: 'good' | 'bad' | 'plain' | 'quiet';
}

interface Names {
  t: TFunction;
  /** The title of an action that has no sentence of its own. */
  action: (name: string) => string;
  /** The name of a user, by the user name. */
  person: (code: string) => string;
  /** The title of a node, by its id. */
  node: (id: string) => string;
}

const GOOD = new Set(['approve', 'submit', 'complete']);
const BAD = new Set([
  'refuse',
  'send_back',
  'fault',
  'failed',
  'fail',
  'withdraw',
  'jump',
  'override',
  'stop',
  'take_back',
  'skip',
  'not_sent',
  'anew',
]);
const QUIET = new Set(['enter', 'leave', 'split', 'join', 'choose', 'scan', 'wake', 'child', 'count_opened']);

/** Actions that have a sentence: `flows.trail.<action>`. */
const SENTENCES = new Set([
  ...['start', 'enter', 'leave', 'split', 'join', 'choose', 'fault', 'nobody', 'end', 'correct', 'failed'],
  ...['approve', 'refuse', 'submit', 'complete', 'send_back', 'transfer', 'before', 'after', 'withdraw'],
  ...['remind', 'copy', 'reassign', 'jump', 'retry', 'override', 'delegate', 'due', 'post', 'notify'],
  ...['stop', 'take_back', 'skip', 'child', 'not_sent', 'anew', 'same', 'migrate', 'count_opened', 'left'],
]);

/** Other names for the same. */
const ALIKE: Partial<Record<string, string>> = {
  add_before: 'before',
  add_after: 'after',
  sign_before: 'before',
  sign_after: 'after',
  fail: 'failed',
  copied: 'copy',
  timeout: 'due',
};

/** Say one line of the trail; what is not known is said by the title of the action. */
export function say(line: TrailLine, names: Names): Said {
  const { t } = names;
  const { data } = line;
  const key = ALIKE[line.action] ?? line.action;
  const node = line.title !== '' ? line.title : names.node(line.node);
  const params = {
    node,
    to: towards(data, names),
    way: text(data['title']),
    count: number(data),
    event: text(data['event']),
    number: text(data['count']) || text(data['to']),
    reason: text(data['reason']) || text(data['detail']) || text(data['message']) || text(data['code']),
  };
  return {
    // That a flow has ended nobody does.
    who: key === 'end' ? '' : nameOf(line.actor, t),
    text: sentence(key, params, line, names),
    comment: text(data['comment']),
    tone: QUIET.has(key) ? 'quiet' : GOOD.has(key) ? 'good' : BAD.has(key) ? 'bad' : 'plain',
  };
}

type Params = Record<'node' | 'to' | 'way' | 'event' | 'number' | 'reason', string> & { count: number };

function sentence(key: string, params: Params, line: TrailLine, names: Names): string {
  const { t } = names;
  const { data } = line;
  if (key === 'end') return t(`flows.ended.${text(data['state']) || 'done'}`, { defaultValue: '' });
  if (key === 'start')
    return t(`flows.origin.${text(data['origin'])}`, { defaultValue: t('flows.trail.start') });
  if (key === 'send_back') {
    return t(data['how'] === 'straight' ? 'flows.trail.sendStraight' : 'flows.trail.send_back', params);
  }
  if (key === 'leave') {
    const outcome = text(data['outcome']);
    return t(`flows.outcome.${outcome}`, { ...params, defaultValue: t('flows.trail.leave', params) });
  }
  if (key === 'override') {
    const kind = text(data['kind']);
    return t('flows.trail.override', { ...params, kind: t(`flows.policy.${kind}`, { defaultValue: kind }) });
  }
  if (key === 'due') {
    return t(`flows.due.${text(data['then'])}`, { ...params, defaultValue: t('flows.trail.due', params) });
  }
  if (key === 'nobody') {
    return t(`flows.nobody.${text(data['then'])}`, {
      ...params,
      defaultValue: t('flows.trail.nobody', params),
    });
  }
  if (SENTENCES.has(key)) return t(`flows.trail.${key}`, params);
  return t('flows.trail.other', { ...params, action: names.action(line.action) });
}

/** Whom or what something was handed to. */
function towards(data: TrailLine['data'], names: Names): string {
  const found = data['to'] ?? data['users'] ?? data['user'];
  const all = Array.isArray(found) ? (found as unknown[]) : found === undefined ? [] : [found];
  const said = all.map((one) => {
    if (typeof one === 'object' && one !== null && 'name' in one) return text(one.name);
    const code = text(one);
    return names.node(code) || names.person(code);
  });
  return text(data['title']) || said.filter((one) => one !== '').join('、');
}

function number(data: TrailLine['data']): number {
  const found = data['people'] ?? data['count'] ?? data['lanes'];
  if (Array.isArray(found)) return found.length;
  return typeof found === 'number' ? found : 0;
}

const text = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** What somebody is called; nobody is the system. */
export function nameOf(person: Person | null | undefined, t: TFunction): string {
  if (person == null || person.code === 'system' || person.code === '') return t('flows.system');
  return person.name === '' ? person.code : person.name;
}
