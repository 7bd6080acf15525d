import type { Option } from '../formdesigner/declared';
import type { FormField } from '../forms/model';
import { isEmpty } from '../forms/model';
import type { NodeKind } from './declared';
import { waysOf } from './incomplete';
import type { FlowNode } from './tree';
import { find } from './tree';

/** What a summary needs to say things in words. */
export interface SummaryWords {
  language: string;
  t: (key: string, values?: Record<string, unknown>) => string;
  /** The name of somebody or something of a kind: `member`, `role`, `department`, `operation` … */
  name: (of: string, code: string) => string;
  fields: readonly FormField[];
  root: FlowNode;
}

const MOST = 3;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One way of finding people, in words: 角色：收货员、质检员. */
export function wayInWords(way: Record<string, unknown>, words: SummaryWords): string {
  const { t, name } = words;
  const kind = String(way['kind']);
  const values = Array.isArray(way['values']) ? way['values'].map(String) : [];
  const listed = (of: string) => values.map((one) => name(of, one)).join(t('flowdesigner.comma'));
  switch (kind) {
    case 'member':
      return listed('member');
    case 'role':
      return values.length === 0 ? t('flowdesigner.way.role') : listed('role');
    case 'department':
      return listed('department');
    case 'head':
      return values.length === 0
        ? t('flowdesigner.headOfStarter')
        : t('flowdesigner.headOf', { of: listed('department') });
    case 'superior':
      return t('flowdesigner.superior', { count: Number(way['levels'] ?? 1) });
    case 'field':
      return titleOf(words.fields, textOf(way['field'])) ?? t('flowdesigner.way.field');
    case 'step': {
      const title = find(words.root, textOf(way['node']))?.title;
      return title === undefined ? t('flowdesigner.way.step') : t('flowdesigner.whoDid', { step: title });
    }
    case 'chosen':
      return t(way['by'] === 'before' ? 'flowdesigner.chosenBefore' : 'flowdesigner.chosenStarter');
    default:
      return t(`flowdesigner.way.${kind}`, { defaultValue: kind });
  }
}

/** The people of a node in words; empty where nobody is chosen. */
export function peopleInWords(who: unknown, words: SummaryWords): string {
  const said = waysOf(who).map((way) => wayInWords(way, words));
  const shown = said
    .slice(0, MOST)
    .filter((one) => one !== '')
    .join(words.t('flowdesigner.comma'));
  return said.length > MOST ? words.t('flowdesigner.andMore', { shown, count: said.length }) : shown;
}

/** The title of a field, of a column as well, by its code or id. */
export function titleOf(fields: readonly FormField[], key: string): string | undefined {
  for (const one of fields) {
    if (one.code === key || one.id === key) return one.title;
    const inner = titleOf(one.fields ?? [], key);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

const say = (one: { zh: string; en: string }, language: string) =>
  language.startsWith('en') ? one.en : one.zh;

/** What one option says, in words; empty where it says nothing of its own. */
export function optionInWords(option: Option, value: unknown, words: SummaryWords): string {
  if (isEmpty(value)) return '';
  const { t, language } = words;
  switch (option.type) {
    case 'people':
      return peopleInWords(value, words);
    case 'choice': {
      const found = option.choices?.find((one) => one.value === value);
      return found === undefined ? '' : say(found.title, language);
    }
    case 'operation':
    case 'rule':
    case 'label':
    case 'form':
      return words.name(option.type, String(value));
    case 'field':
    case 'column':
      return titleOf(words.fields, String(value)) ?? '';
    case 'text':
    case 'url':
    case 'template':
    case 'long_text':
      return String(value);
    case 'whole':
    case 'number':
      return `${say(option.title, language)} ${String(value)}${option.unit ?? ''}`;
    case 'flag':
      return value === true ? say(option.title, language) : '';
    case 'assignments':
      return t('flowdesigner.assigned', { count: (value as unknown[]).length });
    default:
      return '';
  }
}

/** Options that a card does not speak of. */
const QUIET = new Set(['fields', 'buttons', 'due', 'sign', 'phrases', 'hint', 'many', 'ratio']);

/** What a card speaks of only where it has nothing else to say. */
const FINE = new Set(['choice', 'flag', 'whole', 'number']);

/** What stands on the card of a node, in a line. */
export function summaryOf(node: FlowNode, kind: NodeKind | undefined, words: SummaryWords): string {
  if (kind === undefined) return node.kind;
  if (node.kind === 'start') return startInWords(node, words);
  if (node.kind === 'scan') return scanInWords(node, words);
  const said: string[] = [];
  for (const option of kind.options) {
    const given = node.options[option.name];
    if (QUIET.has(option.name) || FINE.has(option.type)) continue;
    // What is as usual says nothing new, but of what is chosen from a list the usual is worth reading.
    const value = given ?? (option.type === 'operation' ? option.default : undefined);
    const text = optionInWords(option, value, words);
    if (text !== '') said.push(text);
    if (option.type === 'people' && text !== '') said.push(...manyInWords(node, kind, words));
  }
  if (said.length === 0) {
    for (const option of kind.options) {
      if (FINE.has(option.type) && !QUIET.has(option.name)) {
        said.push(optionInWords(option, node.options[option.name], words));
      }
    }
  }
  const told = said.filter((one) => one !== '');
  if (told.length === 0) return say(kind.hint, words.language);
  return told.slice(0, MOST).join(words.t('flowdesigner.stop'));
}

/** Who scans, and against what. */
function scanInWords(node: FlowNode, words: SummaryWords): string {
  const against = (node.options['against'] ?? {}) as Record<string, unknown>;
  const kind = textOf(against['kind']) === '' ? 'free' : textOf(against['kind']);
  const named = { lines: against['table'], items: against['field'], box: against['field'] }[kind];
  const name = titleOf(words.fields, textOf(named)) ?? find(words.root, textOf(against['node']))?.title ?? '';
  const how = words.t(`flowdesigner.scan.says_.${kind}`, { name });
  const who = peopleInWords(node.options['who'], words);
  return who === '' ? how : `${who}${words.t('flowdesigner.stop')}${how}`;
}

function manyInWords(node: FlowNode, kind: NodeKind, words: SummaryWords): string[] {
  const many = node.options['many'];
  if (!kind.options.some((one) => one.name === 'many') || typeof many !== 'string' || many === 'any')
    return [];
  return [words.t(`flowdesigner.many.${many}`, { share: node.options['ratio'] ?? 50 })];
}

function startInWords(node: FlowNode, words: SummaryWords): string {
  const triggers = Array.isArray(node.options['triggers']) ? (node.options['triggers'] as unknown[]) : [];
  const how = triggers
    .map((one) => words.name('trigger', String((one as { kind?: unknown }).kind)))
    .join(words.t('flowdesigner.comma'));
  const who = peopleInWords(node.options['who'], words);
  const may = who === '' ? words.t('flowdesigner.anybody') : words.t('flowdesigner.mayStart', { who });
  return how === '' ? may : `${how}${words.t('flowdesigner.stop')}${may}`;
}
