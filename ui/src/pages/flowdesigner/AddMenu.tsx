import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { clipboard } from '../../flowdesigner/clipboard';
import type { NodeKind } from '../../flowdesigner/declared';
import { GROUPS } from '../../flowdesigner/declared';
import { pasted } from '../../flowdesigner/model';
import type { FlowNode } from '../../flowdesigner/tree';
import { say } from '../../formdesigner/declared';
import { useDesk } from './desk';
import { iconOf, onStrip } from './icons';

/** What is used most comes first; what is not among them comes last. */
const OFTEN = [
  ...[
    'fill',
    'approve',
    'scan',
    'operation',
    'make_codes',
    'print_label',
    'reserve',
    'count',
    'recall_action',
  ],
  ...['update_record', 'create_record', 'find_records', 'copy', 'notify', 'webhook'],
  ...['branch', 'parallel', 'wait', 'sub_flow', 'end'],
];
const rank = (kind: NodeKind): number => {
  const at = OFTEN.indexOf(kind.name);
  return at < 0 ? OFTEN.length : at;
};

interface AddMenuProps {
  onTake: (kind: NodeKind) => void;
  onPaste: (nodes: FlowNode[]) => void;
  onClose: () => void;
}

/** Every kind of step in two columns, by group; what is typed narrows them, Enter takes the first. */
export function AddMenu({ onTake, onPaste, onClose }: AddMenuProps) {
  const { t, i18n } = useTranslation();
  const { kinds, setCarried } = useDesk();
  const [typed, setTyped] = useState('');
  const text = typed.trim().toLowerCase();
  const fits = (kind: NodeKind) =>
    text === '' ||
    [kind.title.zh, kind.title.en, kind.hint.zh, kind.hint.en].some((one) =>
      one.toLowerCase().includes(text),
    );
  const groups = GROUPS.map((group) => ({
    group,
    of: [...kinds.values()]
      .filter((kind) => kind.group === group && fits(kind))
      .sort((one, other) => rank(one) - rank(other)),
  })).filter(({ of }) => of.length > 0);
  const first = groups[0]?.of[0];
  const copy = text === '' ? clipboard() : null;
  return (
    <div
      className="fw-add-menu"
      role="dialog"
      aria-label={t('flowdesigner.addStep')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        event.stopPropagation();
      }}
    >
      <Input
        autoFocus
        allowClear
        prefix={<Icon name="search" size={14} />}
        placeholder={t('flowdesigner.findStep')}
        aria-label={t('flowdesigner.findStep')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => {
          if (first !== undefined) onTake(first);
        }}
      />
      <div className="fw-add-groups">
        {copy !== null && (
          <button type="button" className="fw-add-paste" onClick={() => onPaste(pasted(copy))}>
            <Icon name="copy" size={14} /> {t('flowdesigner.paste', { name: copy.title })}
          </button>
        )}
        {groups.map(({ group, of }) => (
          <section key={group} aria-label={t(`flowdesigner.group.${group}`)}>
            <h3>{t(`flowdesigner.group.${group}`)}</h3>
            <ul>
              {of.map((kind) => (
                <li key={kind.name}>
                  <button
                    type="button"
                    draggable
                    onClick={() => onTake(kind)}
                    onDragStart={(event) => {
                      event.dataTransfer.effectAllowed = 'copy';
                      // The list must not change under what is only just taken hold of.
                      setTimeout(() => setCarried(kind.name));
                    }}
                    onDragEnd={() => {
                      setCarried(null);
                      onClose();
                    }}
                  >
                    <span
                      className="fw-add-icon"
                      style={{ background: kind.colour, color: onStrip(kind.colour) }}
                    >
                      <Icon name={iconOf(kind)} size={16} />
                    </span>
                    <span>
                      <b>{say(kind.title, i18n.language)}</b>
                      <small>{say(kind.hint, i18n.language)}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="hint">{t('flowdesigner.noStep')}</p>}
      </div>
    </div>
  );
}
