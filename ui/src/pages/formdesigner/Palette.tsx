import { useDraggable } from '@dnd-kit/core';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Kind } from '../../formdesigner/declared';
import { say } from '../../formdesigner/declared';
import { walk } from '../../formdesigner/tree';
import { useDesk } from './desk';
import { kindIcon } from './kindIcon';
import { PartChips } from './PartChips';
import type { FormPart } from './parts';
import { useParts } from './parts';

/** Which group of the palette the templates are, among those that are folded. */
const PARTS = 'parts';

/** Everything that can be put on a form: a click puts it where the eye is, dragging where it belongs. */
export function Palette() {
  const { t, i18n } = useTranslation();
  const { declaration, board } = useDesk();
  const [words, setWords] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const used = useMemo(() => counted(walk(board.present).map((one) => one.kind)), [board.present]);
  const found = declaration.kinds.filter((kind) => matches(kind, words)).sort(byUse);
  const parts = useParts().filter((part) => named(part, words));
  return (
    <nav className="fd-left" aria-label={t('formdesigner.palette')}>
      <div className="fd-search">
        <Input
          prefix={<Icon name="search" size={16} />}
          placeholder={t('formdesigner.search')}
          aria-label={t('formdesigner.search')}
          allowClear
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <div className="fd-groups">
        {declaration.groups.map((group, at) => {
          const kinds = found.filter((kind) => kind.group === group.value);
          const open = !closed.has(group.value) || words !== '';
          return (
            <Fragment key={group.value}>
              <Section
                title={say(group.title, i18n.language)}
                count={kinds.length}
                open={open}
                onToggle={() => setClosed(toggled(closed, group.value))}
              >
                <ul className="fd-chips">
                  {kinds.map((kind) => (
                    <li key={kind.name}>
                      <Chip kind={kind} used={used.get(kind.name) ?? 0} />
                    </li>
                  ))}
                </ul>
              </Section>
              {at === 0 && (
                <Section
                  title={t('formdesigner.parts.title')}
                  count={parts.length}
                  open={!closed.has(PARTS) || words !== ''}
                  onToggle={() => setClosed(toggled(closed, PARTS))}
                >
                  <PartChips parts={parts} />
                </Section>
              )}
            </Fragment>
          );
        })}
        {found.length + parts.length === 0 && (
          <p className="hint fd-nothing">{t('formdesigner.noKind', { words })}</p>
        )}
      </div>
    </nav>
  );
}

interface SectionProps {
  title: string;
  count: number;
  open: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** A group of the palette that can be folded; nothing where it is empty. */
function Section({ title, count, open, onToggle, children }: SectionProps) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <button type="button" className="fd-group" aria-expanded={open} onClick={onToggle}>
        <Icon name={open ? 'down' : 'right'} size={12} />
        <b>{title}</b>
        <span className="hint">{count}</span>
      </button>
      {open && children}
    </section>
  );
}

function Chip({ kind, used }: { kind: Kind; used: number }) {
  const { i18n, t } = useTranslation();
  const { put } = useDesk();
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: `kind ${kind.name}`, data: { kind } });
  const title = say(kind.title, i18n.language);
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={`fd-chip ${used > 0 ? 'fd-chip-used' : ''} ${isDragging ? 'fd-chip-dragged' : ''}`}
      title={say(kind.hint, i18n.language)}
      aria-label={used > 0 ? t('formdesigner.used', { title, count: used }) : title}
      onClick={() => put(kind)}
      {...listeners}
      // The keyboard's way is Enter, which puts it where the eye is.
      onKeyDown={undefined}
    >
      <Icon name={kindIcon(kind)} size={16} />
      <span>{title}</span>
      {used > 0 && <i aria-hidden="true">{used}</i>}
    </button>
  );
}

function matches(kind: Kind, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  const all = [kind.name, kind.title.zh, kind.title.en, kind.hint.zh, kind.hint.en];
  return wanted === '' || all.some((one) => one.toLowerCase().includes(wanted));
}

function named(part: FormPart, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return [part.name, ...part.fields.map((one) => one.title)].some((one) =>
    one.toLowerCase().includes(wanted),
  );
}

function counted(names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function toggled(all: ReadonlySet<string>, one: string): ReadonlySet<string> {
  return all.has(one) ? new Set([...all].filter((other) => other !== one)) : new Set([...all, one]);
}

/** Those that most forms need come first in their group, the rest as the server gives them. */
const FIRST = [
  ...['text', 'long_text', 'number', 'money', 'date', 'datetime', 'choice', 'select', 'choices', 'switch'],
  ...['images', 'attachments', 'subform', 'serial_number', 'member', 'department'],
  ...['item', 'scan_list', 'product', 'batch', 'place', 'record', 'lookup', 'formula', 'section', 'tabs'],
];

function byUse(one: Kind, other: Kind): number {
  const rank = (kind: Kind) => (FIRST.includes(kind.name) ? FIRST.indexOf(kind.name) : FIRST.length);
  return rank(one) - rank(other);
}
