import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { TriggerKind } from '../../../flowdesigner/declared';
import type { FlowNode } from '../../../flowdesigner/tree';
import { say } from '../../../formdesigner/declared';
import { useDesk } from '../desk';
import { OptionRows } from './Options';
import { objectsOf } from './useOption';

interface TriggersProps {
  node: FlowNode;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** How a flow begins: every way that was chosen, opened to be changed, and one more. */
export function Triggers({ node, value, onChange }: TriggersProps) {
  const { t, i18n } = useTranslation();
  const { declaration } = useDesk();
  const [open, setOpen] = useState<number | null>(null);
  const kinds = declaration.triggers ?? [];
  const triggers = objectsOf(value);
  const kindOf = (trigger: Record<string, unknown>): TriggerKind | undefined =>
    kinds.find((one) => one.name === trigger['kind']);
  const put = (next: Record<string, unknown>[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="fw-triggers">
      {triggers.length === 0 && <p className="muted">{t('flowdesigner.noTriggers')}</p>}
      {triggers.map((trigger, at) => {
        const kind = kindOf(trigger);
        const title = kind === undefined ? String(trigger['kind']) : say(kind.title, i18n.language);
        return (
          <section key={at} className="fw-trigger">
            <header>
              <button
                type="button"
                aria-expanded={open === at}
                onClick={() => setOpen(open === at ? null : at)}
              >
                <Icon name={open === at ? 'down' : 'right'} size={14} />
                <b>{title}</b>
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
                    options={kind.options}
                    values={trigger}
                    onChange={(name, next) => {
                      const changed = { ...trigger, [name]: next };
                      const said = Object.fromEntries(
                        Object.entries(changed).filter(([, one]) => one !== undefined),
                      );
                      put(triggers.map((one, other) => (other === at ? said : one)));
                    }}
                  />
                )}
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
            put([...triggers, { kind: key }]);
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
