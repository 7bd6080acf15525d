import { Button, Dropdown, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { waysOf } from '../../../flowdesigner/incomplete';
import { wayInWords } from '../../../flowdesigner/summaries';
import type { FlowNode } from '../../../flowdesigner/tree';
import { before } from '../../../flowdesigner/tree';
import { walk as fieldsOf } from '../../../formdesigner/tree';
import type { Named } from '../../../forms/people';
import { useDepartments, useMembers, useRoles } from '../../../forms/people';
import { useDesk } from '../desk';
import { objectOf, textOf, textsOf } from './useOption';

interface PeopleProps {
  node: FlowNode;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

type Way = Record<string, unknown>;

const WAYS = ['member', 'role', 'department', 'starter', 'superior', 'head', 'field', 'chosen', 'step'];
const BEGUN: Partial<Record<string, Way>> = {
  member: { values: [] },
  role: { values: [] },
  department: { values: [], below: false },
  superior: { of: 'starter', levels: 1 },
  head: { values: [], levels: 1 },
  field: { field: '' },
  chosen: { by: 'before' },
  step: { node: '' },
};

/** The kinds of field that hold people. */
const HOLDERS = ['member', 'members', 'department', 'departments', 'role'];

/** Who: chips of every way in which people are found, each opened to be changed, and one more. */
export function People({ node, label, value, onChange }: PeopleProps) {
  const { t } = useTranslation();
  const { summaryWords } = useDesk();
  const [open, setOpen] = useState<number | null>(null);
  const who = objectOf(value);
  const ways = waysOf(who);
  const put = (next: Way[]) => onChange({ ...who, ways: next });
  const chosen = open === null ? undefined : ways[open];
  // Nobody has started anything yet when it starts.
  const offered = node.kind === 'start' ? ['member', 'role', 'department'] : WAYS;
  return (
    <div className="fw-people">
      <div className="fw-chips" role="group" aria-label={label}>
        {ways.map((way, at) => {
          const words = wayInWords(way, summaryWords);
          const kind = t(`flowdesigner.way.${String(way['kind'])}`);
          return (
            <span key={at} className={at === open ? 'fw-chip fw-chip-open' : 'fw-chip'}>
              <button
                type="button"
                aria-expanded={at === open}
                onClick={() => setOpen(at === open ? null : at)}
              >
                {['member', 'role', 'department'].includes(String(way['kind']))
                  ? t('flowdesigner.wayOf', { kind, words: words === '' ? t('flowdesigner.choose') : words })
                  : words}
              </button>
              <button
                type="button"
                aria-label={t('flowdesigner.removeWay', { name: words })}
                onClick={() => {
                  put(ways.filter((_, other) => other !== at));
                  setOpen(null);
                }}
              >
                <Icon name="close" size={12} />
              </button>
            </span>
          );
        })}
        <Dropdown
          trigger={['click']}
          menu={{
            items: offered
              .filter((one) => one !== 'starter' || !ways.some((way) => way['kind'] === 'starter'))
              .map((one) => ({ key: one, label: t(`flowdesigner.way.${one}`) })),
            onClick: ({ key }) => {
              put([...ways, { kind: key, ...BEGUN[key] }]);
              setOpen(key === 'starter' ? null : ways.length);
            },
          }}
        >
          <Button
            type="text"
            size="small"
            aria-label={t('flowdesigner.addWay', { name: label })}
            icon={<Icon name="plus" size={14} />}
          >
            {ways.length === 0 && t('flowdesigner.choosePeople')}
          </Button>
        </Dropdown>
      </div>
      {chosen !== undefined && open !== null && (
        <WayFields
          key={`${open} ${String(chosen['kind'])}`}
          node={node}
          way={chosen}
          onChange={(next) => put(ways.map((one, at) => (at === open ? next : one)))}
        />
      )}
    </div>
  );
}

interface WayProps {
  node: FlowNode;
  way: Way;
  onChange: (way: Way) => void;
}

/** What is said about one way. */
function WayFields({ node, way, onChange }: WayProps) {
  const { t } = useTranslation();
  const { form, board } = useDesk();
  const members = useMembers();
  const roles = useRoles();
  const departments = useDepartments();
  const set = (values: Way) => onChange({ ...way, ...values });
  const several = (list: Named[] | null, name: string) => (
    <Select<string[]>
      size="small"
      mode={list === null ? 'tags' : 'multiple'}
      autoFocus={textsOf(way['values']).length === 0}
      defaultOpen={textsOf(way['values']).length === 0}
      aria-label={name}
      placeholder={name}
      value={textsOf(way['values'])}
      showSearch={{ optionFilterProp: 'label' }}
      options={list ?? []}
      onChange={(values) => set({ values })}
    />
  );
  const kind = String(way['kind']);
  const title = t(`flowdesigner.way.${kind}`);
  const levels = (
    <InputNumber<number>
      size="small"
      aria-label={t('flowdesigner.levels')}
      prefix={t('flowdesigner.levelsUp')}
      suffix={t('flowdesigner.levelUnit')}
      min={1}
      max={9}
      precision={0}
      value={Number(way['levels'] ?? 1)}
      onChange={(next) => set({ levels: next ?? 1 })}
    />
  );
  const one = (name: string, options: Named[]) => (
    <Select<string>
      size="small"
      aria-label={title}
      placeholder={title}
      showSearch={{ optionFilterProp: 'label' }}
      {...(textOf(way[name]) !== '' && { value: textOf(way[name]) })}
      options={options}
      onChange={(next) => set({ [name]: next })}
    />
  );
  switch (kind) {
    case 'member':
      return <div className="fw-way">{several(members, title)}</div>;
    case 'role':
      return <div className="fw-way">{several(roles, title)}</div>;
    case 'department':
      return (
        <div className="fw-way">
          {several(departments, title)}
          <Flag label={t('flowdesigner.below')} value={way['below']} onChange={(below) => set({ below })} />
        </div>
      );
    case 'head':
      return (
        <div className="fw-way">
          {several(departments, t('flowdesigner.headWhose'))}
          {levels}
        </div>
      );
    case 'superior':
      return (
        <div className="fw-way">
          {levels}
          <Flag label={t('flowdesigner.upTo')} value={way['up_to']} onChange={(up_to) => set({ up_to })} />
        </div>
      );
    case 'field':
      return (
        <div className="fw-way">
          {one(
            'field',
            fieldsOf(form.fields)
              .filter((field) => HOLDERS.includes(field.kind))
              .map((field) => ({ value: field.code, label: field.title })),
          )}
        </div>
      );
    case 'step':
      return (
        <div className="fw-way">
          {one(
            'node',
            before(board.present, node.id).map((each) => ({ value: each.id, label: each.title })),
          )}
        </div>
      );
    case 'chosen':
      return (
        <div className="fw-way">
          <Select<string>
            size="small"
            aria-label={title}
            value={textOf(way['by'])}
            options={['before', 'starter'].map((by) => ({
              value: by,
              label: t(by === 'before' ? 'flowdesigner.chosenBefore' : 'flowdesigner.chosenStarter'),
            }))}
            onChange={(by) => set({ by })}
          />
        </div>
      );
    default:
      return null;
  }
}

function Flag({
  label,
  value,
  onChange,
}: {
  label: string;
  value: unknown;
  onChange: (on: boolean) => void;
}) {
  return (
    <label className="fw-flag">
      <Switch size="small" checked={value === true} onChange={onChange} />
      {label}
    </label>
  );
}
