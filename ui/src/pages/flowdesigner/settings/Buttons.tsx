import { Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { actionsOf } from '../../../flowdesigner/declared';
import type { FlowNode } from '../../../flowdesigner/tree';
import { before } from '../../../flowdesigner/tree';
import { say } from '../../../formdesigner/declared';
import { useDesk } from '../desk';
import { objectOf, textOf, textsOf, useOption } from './useOption';

const HOW = ['again', 'straight'];

/** What people of a step can do: which buttons they have, and what stands on them. */
export function Buttons({ node }: { node: FlowNode }) {
  const { t, i18n } = useTranslation();
  const { declaration, board, kinds } = useDesk();
  const [value, set] = useOption(node, 'buttons');
  const said = objectOf(value);
  const change = (name: string, values: Record<string, unknown>) => {
    const next = { ...objectOf(said[name]), ...values };
    set({ ...said, [name]: Object.fromEntries(Object.entries(next).filter(([, one]) => one !== undefined)) });
  };
  const earlier = before(board.present, node.id).filter(
    (one) => one.kind === 'start' || kinds.get(one.kind)?.work === true,
  );
  return (
    <ul className="fw-buttons">
      {actionsOf(node.kind, declaration.actions).map((action) => {
        const own = objectOf(said[action.name]);
        const usual = say(action.title, i18n.language);
        const on = typeof own['on'] === 'boolean' ? own['on'] : action.usual;
        return (
          <li key={action.name} className={on ? '' : 'fw-off'}>
            <div>
              <Switch
                size="small"
                checked={on}
                aria-label={usual}
                onChange={(next) => change(action.name, { on: next })}
              />
              <b className={action.danger ? 'fw-red' : ''}>{usual}</b>
              <Input
                size="small"
                disabled={!on}
                maxLength={20}
                aria-label={t('flowdesigner.onButton', { name: usual })}
                placeholder={usual}
                value={textOf(own['title'])}
                onChange={(event) =>
                  change(action.name, { title: event.target.value === '' ? undefined : event.target.value })
                }
              />
            </div>
            {on && action.name === 'send_back' && (
              <div className="fw-button-more">
                <Select<string[]>
                  size="small"
                  mode="multiple"
                  aria-label={t('flowdesigner.backTo')}
                  placeholder={t('flowdesigner.backAnywhere')}
                  value={textsOf(own['to'])}
                  options={earlier.map((one) => ({ value: one.id, label: one.title }))}
                  onChange={(to) => change(action.name, { to: to.length === 0 ? undefined : to })}
                />
                <Select<string[]>
                  size="small"
                  mode="multiple"
                  aria-label={t('flowdesigner.backHow')}
                  value={own['how'] === undefined ? HOW : textsOf(own['how'])}
                  options={HOW.map((how) => ({ value: how, label: t(`flowdesigner.back.${how}`) }))}
                  onChange={(how) => {
                    if (how.length > 0) change(action.name, { how: how.length === 2 ? undefined : how });
                  }}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
