import { Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';

const KEYS = ['several', 'arrows', 'move', 'copy', 'undo', 'delete', 'escape', 'all', 'save'];

/** What the keyboard does in the designer. */
export function KeyList() {
  const { t } = useTranslation();
  return (
    <ul className="fd-keys">
      {KEYS.map((key) => (
        <li key={key}>
          <kbd>{t(`formdesigner.key.${key}.keys`)}</kbd>
          {t(`formdesigner.key.${key}.what`)}
        </li>
      ))}
    </ul>
  );
}

/** A small button that shows what the keyboard does. */
export function KeyHelp() {
  const { t } = useTranslation();
  return (
    <Popover trigger="click" placement="bottomRight" title={t('formdesigner.keys')} content={<KeyList />}>
      <Button type="text" aria-label={t('formdesigner.keys')} icon={<Icon name="keyboard" />} />
    </Popover>
  );
}
