import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import type { Rule, RuleKind } from '../../forms/model';
import { useDesk } from './desk';
import { RuleEditor } from './rules/RuleEditor';
import './rules/rules.css';
import { RuleWords } from './rules/Words';

const KINDS: RuleKind[] = ['show', 'require', 'lock', 'check', 'set'];

interface RuleStepProps {
  open: string | null;
  onOpen: (id: string | null) => void;
}

/** The rules (规则) of a form: what is shown, required, locked, checked and filled in, and when. */
export function RuleStep({ open, onOpen }: RuleStepProps) {
  const { t } = useTranslation();
  const { board, dispatch } = useDesk();
  const { rules } = board;
  const one = rules.find((rule) => rule.id === open);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const put = (next: Rule[], step?: string) => dispatch({ do: 'rules', rules: next, ...(step && { step }) });
  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (rule === undefined || to < 0 || to >= rules.length) return;
    put(rules.toSpliced(from, 1).toSpliced(to, 0, rule));
  };
  const add = (kind: RuleKind) => {
    const rule = fresh(kind, t(`formRules.kind.${kind}`), rules);
    put([...rules, rule]);
    onOpen(rule.id);
  };
  const adding = (
    <Dropdown
      trigger={['click']}
      menu={{
        items: KINDS.map((key) => ({
          key,
          label: (
            <span className="fr-kind">
              <b>{t(`formRules.kind.${key}`)}</b>
              <small>{t(`formRules.help.${key}`)}</small>
            </span>
          ),
        })),
        onClick: ({ key }) => add(key as RuleKind),
      }}
    >
      <Button type="primary" icon={<Icon name="plus" size={16} />}>
        {t('formRules.add')}
      </Button>
    </Dropdown>
  );
  return (
    <main className="fr">
      <header className="fr-head">
        <h2>{t('formRules.title')}</h2>
        <p className="hint grow">{t('formRules.intro')}</p>
        {rules.length > 0 && adding}
      </header>
      {rules.length === 0 ? (
        <EmptyState icon="filter" title={t('formRules.none')} action={adding}>
          {t('formRules.noneHow')}
        </EmptyState>
      ) : (
        <div className="fr-split">
          <DndContext
            sensors={sensors}
            collisionDetection={closestCenter}
            onDragEnd={({ active, over }) => {
              const [from, to] = [active.id, over?.id].map((id) => rules.findIndex((rule) => rule.id === id));
              move(from ?? -1, to ?? -1);
            }}
          >
            <SortableContext items={rules.map((rule) => rule.id)} strategy={verticalListSortingStrategy}>
              <ol className="fr-list" aria-label={t('formRules.title')}>
                {rules.map((rule, at) => (
                  <RuleItem
                    key={rule.id}
                    rule={rule}
                    open={rule.id === open}
                    onOpen={() => onOpen(rule.id)}
                    onMove={(by) => move(at, at + by)}
                    onCopy={() => put(rules.toSpliced(at + 1, 0, { ...rule, id: newClientKey() }))}
                    onRemove={() => put(rules.toSpliced(at, 1))}
                  />
                ))}
              </ol>
            </SortableContext>
          </DndContext>
          {one === undefined ? (
            <p className="muted fr-choose">{t('formRules.choose')}</p>
          ) : (
            <RuleEditor
              key={one.id}
              rule={one}
              onChange={(next) =>
                put(
                  rules.map((rule) => (rule.id === next.id ? next : rule)),
                  `rule ${next.id}`,
                )
              }
            />
          )}
        </div>
      )}
    </main>
  );
}

function fresh(kind: RuleKind, name: string, rules: readonly Rule[]): Rule {
  const taken = new Set(rules.map((one) => one.name));
  let number = 1;
  while (taken.has(`${name} ${number}`)) number += 1;
  return {
    id: newClientKey(),
    name: `${name} ${number}`,
    kind,
    when: '',
    fields: [],
    message: '',
    value: '',
  };
}

interface RuleItemProps {
  rule: Rule;
  open: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
  onCopy: () => void;
  onRemove: () => void;
}

function RuleItem({ rule, open, onOpen, onMove, onCopy, onRemove }: RuleItemProps) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, transform, transition } = useSortable({ id: rule.id });
  return (
    <li
      ref={setNodeRef}
      className={open ? 'fr-item fr-chosen' : 'fr-item'}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        {...attributes}
        {...listeners}
        className="fr-told"
        aria-current={open}
        aria-roledescription={undefined}
        title={t('formRules.moveHow')}
        onClick={onOpen}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onMove(event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <span className={`fr-tag fr-of-${rule.kind}`}>{t(`formRules.kind.${rule.kind}`)}</span>
        <b>{rule.name}</b>
        <small>
          <RuleWords rule={rule} />
        </small>
      </button>
      <span className="fr-acts">
        <Button
          type="text"
          size="small"
          aria-label={t('formRules.copy', { name: rule.name })}
          icon={<Icon name="copy" size={16} />}
          onClick={onCopy}
        />
        <Button
          type="text"
          size="small"
          aria-label={t('formRules.remove', { name: rule.name })}
          icon={<Icon name="trash" size={16} />}
          onClick={onRemove}
        />
      </span>
    </li>
  );
}
