import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../../api/clientKey';
import { Icon } from '../../../components/Icon';
import type { TriggerKind } from '../../../flowdesigner/declared';
import type { FlowNode } from '../../../flowdesigner/tree';
import type { Trigger } from '../../../flowdesigner/triggers';
import { applying, changed, inWords, kept } from '../../../flowdesigner/triggers';
import type { Option } from '../../../formdesigner/declared';
import { say } from '../../../formdesigner/declared';
import { walk } from '../../../formdesigner/tree';
import { useDesk } from '../desk';
import { HookAddress } from './HookAddress';
import { OptionRows } from './Options';
import { TriggerInput } from './TriggerInput';
import { objectsOf, textOf } from './useOption';

interface TriggersProps {
  node: FlowNode;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Days of a week are shown by their names: there is nothing more to say about them. */
const weekly = (trigger: Trigger, option: Option): Option =>
  option.name === 'days' && trigger['every'] === 'week' ? { ...option, hint: { zh: '', en: '' } } : option;

/** How a flow begins: every way that was chosen, opened to be changed, and one more. */
export function Triggers({ node, value, onChange }: TriggersProps) {
  const { t, i18n } = useTranslation();
  const { declaration, faults, form } = useDesk();
  const [open, setOpen] = useState<number | null>(null);
  const kinds = declaration.triggers ?? [];
  const triggers = kept(objectsOf(value));
  const kindOf = (trigger: Record<string, unknown>): TriggerKind | undefined =>
    kinds.find((one) => one.name === trigger['kind']);
  const titles = new Map(walk(form.fields).map((one) => [one.code, one.title]));
  const put = (next: Record<string, unknown>[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="fw-triggers">
      {triggers.length === 0 && <p className="muted">{t('flowdesigner.noTriggers')}</p>}
      {triggers.map((trigger, at) => {
        const kind = kindOf(trigger);
        const title = kind === undefined ? String(trigger['kind']) : say(kind.title, i18n.language);
        const words = inWords(trigger, (code) => titles.get(code) ?? code, t);
        const place = `/options/triggers/${at}`;
        const wrong = faults.some(
          (one) => one.node === node.id && one.hard && `${one.pointer}/`.startsWith(`${place}/`),
        );
        return (
          <section
            key={textOf(trigger['id'])}
            className={wrong ? 'fw-trigger fw-wrong' : 'fw-trigger'}
            aria-label={title}
          >
            <header>
              <button
                type="button"
                aria-expanded={open === at}
                onClick={() => setOpen(open === at ? null : at)}
              >
                <Icon name={open === at ? 'down' : 'right'} size={14} />
                <b>{title}</b>
                {words !== '' && <span className="fw-trigger-words">{words}</span>}
                {wrong && <Icon name="warning" size={14} />}
              </button>
              <Button
                type="text"
                size="small"
                aria-label={t('flowdesigner.removePart', { name: title })}
                icon={<Icon name="close" size={14} />}
                onClick={() => {
                  put(triggers.filter((_, other) => other !== at));
                  setOpen(null);
                }}
              />
            </header>
            {open === at && (
              <>
                {kind !== undefined && <p className="hint">{say(kind.hint, i18n.language)}</p>}
                {kind !== undefined && kind.options.length > 0 && (
                  <OptionRows
                    node={node}
                    options={applying(trigger, kind.options).map((one) => weekly(trigger, one))}
                    values={trigger}
                    input={TriggerInput}
                    onChange={(name, next) => {
                      const now = changed(trigger, kind.options, name, next);
                      put(triggers.map((one, other) => (other === at ? now : one)));
                    }}
                  />
                )}
                {trigger['kind'] === 'webhook' && <HookAddress trigger={textOf(trigger['id'])} />}
              </>
            )}
          </section>
        );
      })}
      <Dropdown
        trigger={['click']}
        menu={{
          items: kinds.map((one) => ({ key: one.name, label: say(one.title, i18n.language) })),
          onClick: ({ key }) => {
            put([...triggers, { id: newClientKey().slice(0, 8), kind: key }]);
            setOpen(triggers.length);
          },
        }}
      >
        <Button size="small" icon={<Icon name="plus" size={14} />}>
          {t('flowdesigner.addTrigger')}
        </Button>
      </Dropdown>
    </div>
  );
}
