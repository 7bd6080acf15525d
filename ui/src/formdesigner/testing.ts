import type { Kind } from './declared';

function kind(name: string, zh: string, rest: Partial<Kind> = {}): Kind {
  const words = { zh: '', en: '' };
  return {
    ...{ name, title: { zh, en: name }, hint: words, group: 'common', icon: '', holds: 'value' },
    ...{ stores: ['text'], names: false, many: false, derived: false, issued: false, options: [] },
    common: ['hint', 'required', 'unique', 'width', 'indexed', 'mask', 'scan_to_fill'],
    ...rest,
  };
}

/** A few kinds for tests. */
export const KINDS: Kind[] = [
  kind('text', '单行文本'),
  kind('date', '日期', { stores: ['date'] }),
  kind('datetime', '日期时间', { stores: ['moment'] }),
  kind('product', '产品', { stores: ['reference'], names: true }),
  kind('section', '分段', { holds: 'layout', stores: [], common: ['hidden', 'width'] }),
  kind('subform', '子表单', { holds: 'rows', stores: [], common: ['hint', 'width'] }),
];
