import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';

const KEYS: readonly [keys: string, key: string][] = [
  ['↑ ↓ ← →', 'walk'],
  ['Enter', 'open'],
  ['Esc', 'leave'],
  ['+ / Insert', 'add'],
  ['F2', 'rename'],
  ['Delete', 'remove'],
  ['Alt + ↑ ↓', 'step'],
  ['Alt + ← →', 'shift'],
  ['M', 'move'],
  ['Ctrl + C / X / V', 'copy'],
  ['Ctrl + Z / Y', 'undo'],
  ['Ctrl + S', 'save'],
  ['?', 'help'],
];

/** What can be done by keyboard, and by which keys. */
export function KeysHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} title={t('flowdesigner.keys.title')} footer={null} width={440} onCancel={onClose}>
      <dl className="fw-keys">
        {KEYS.map(([keys, key]) => (
          <div key={key}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{t(`flowdesigner.keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
