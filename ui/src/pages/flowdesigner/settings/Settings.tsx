import { Button, Input, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { say } from '../../../formdesigner/declared';
import { pathTo } from '../../../flowdesigner/tree';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useDesk } from '../desk';
import { iconOf, onStrip } from '../icons';
import { Buttons } from './Buttons';
import { Due } from './Due';
import { Matrix } from './Matrix';
import { More } from './More';
import { Options } from './Options';
import { Scan } from './Scan';
import { When } from './When';

interface SettingsProps {
  node: FlowNode;
  tab: string;
  onTab: (tab: string) => void;
  onClose: () => void;
}

/** Everything that can be set for a step, beside the canvas; on a phone over it. */
export function Settings({ node, tab, onTab, onClose }: SettingsProps) {
  const { t, i18n } = useTranslation();
  const { kinds, dispatch, remove, faults, board } = useDesk();
  const kind = kinds.get(node.kind);
  const declared = (name: string) => kind?.options.some((one) => one.name === name) === true;
  const own = faults.filter((one) => one.node === node.id);
  const last = node.kind === 'case' && pathTo(board.present, node.id).at(-1)?.children.at(-1)?.id === node.id;
  const tabs = [
    {
      key: 'settings',
      label: t('flowdesigner.tab.settings'),
      children:
        node.kind === 'case' ? (
          <When node={node} last={last} />
        ) : node.kind === 'scan' ? (
          <Scan node={node} />
        ) : (
          <Options node={node} />
        ),
    },
    ...(declared('fields')
      ? [{ key: 'fields', label: t('flowdesigner.tab.fields'), children: <Matrix node={node} /> }]
      : []),
    ...(kind?.work === true && declared('buttons')
      ? [{ key: 'buttons', label: t('flowdesigner.tab.buttons'), children: <Buttons node={node} /> }]
      : []),
    ...(declared('due')
      ? [{ key: 'due', label: t('flowdesigner.tab.due'), children: <Due node={node} /> }]
      : []),
    ...(kind?.work === true
      ? [{ key: 'more', label: t('flowdesigner.tab.more'), children: <More node={node} /> }]
      : []),
  ];
  const shown = tabs.some((one) => one.key === tab) ? tab : 'settings';
  const colour = kind?.colour ?? 'var(--ink-fill)';
  return (
    <aside
      className="fw-settings"
      data-of={node.id}
      aria-label={t('flowdesigner.settingsOf', { name: node.title })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header>
        <span className="fw-settings-icon" style={{ background: colour, color: onStrip(colour) }}>
          <Icon name={iconOf(kind)} />
        </span>
        <div className="grow">
          <Input
            variant="borderless"
            className="fw-settings-name"
            value={node.title}
            maxLength={100}
            aria-label={t('name')}
            placeholder={kind === undefined ? '' : say(kind.title, i18n.language)}
            onChange={(event) =>
              dispatch({ do: 'rename', id: node.id, title: event.target.value, step: `title ${node.id}` })
            }
          />
          <small>{kind === undefined ? '' : hintOf(kind, i18n.language)}</small>
        </div>
        {node.kind !== 'start' && (
          <Button
            type="text"
            aria-label={t('flowdesigner.removeOf', { name: node.title })}
            icon={<Icon name="trash" size={16} />}
            onClick={() => remove(node.id)}
          />
        )}
        <Button
          type="text"
          aria-label={t('close')}
          icon={<Icon name="close" size={16} />}
          onClick={onClose}
        />
      </header>
      {own.length > 0 && (
        <ul className="fw-own-faults">
          {own.map((one, at) => (
            <li key={at} className={one.hard ? 'fw-red' : 'fw-amber'}>
              <Icon name={one.hard ? 'warning' : 'info'} size={14} /> {one.message}{' '}
              {one.advice !== '' && <span className="hint">{one.advice}</span>}
            </li>
          ))}
        </ul>
      )}
      <Tabs className="fw-tabs" size="small" activeKey={shown} items={tabs} onChange={onTab} />
    </aside>
  );
}

function hintOf(
  kind: { title: { zh: string; en: string }; hint: { zh: string; en: string } },
  language: string,
) {
  const hint = say(kind.hint, language);
  return hint === '' ? say(kind.title, language) : `${say(kind.title, language)} · ${hint}`;
}
