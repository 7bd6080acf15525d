import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compare } from '../../formdesigner/comparing';
import { defaultsOf } from '../../formdesigner/declared';
import { Counts } from './Canvas';
import { useDesk } from './desk';
import { Differences } from './Differences';
import type { Saving } from './useSaving';

/** Above the form: how much there is, and what differs from what is in force. */
export function MiddleBar({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { board, kinds } = useDesk();
  const [open, setOpen] = useState(false);
  const { version, fields } = saving.inForce;
  const differences = version === null ? [] : compare(fields, board.present, defaultsOf(kinds));
  const count = (...what: string[]) => differences.filter((one) => what.includes(one.what)).length;
  return (
    <div className="fd-middle-bar">
      <Counts />
      {version !== null && (
        <span className="hint">
          {differences.length === 0
            ? t('formdesigner.asPublished', { version })
            : t('formdesigner.against', {
                version,
                added: count('added'),
                changed: count('changed', 'moved'),
                deleted: count('deleted'),
              })}
          {differences.length > 0 && (
            <button type="button" className="fd-link" onClick={() => setOpen(true)}>
              {t('formdesigner.see')}
            </button>
          )}
        </span>
      )}
      <Modal
        open={open}
        footer={null}
        width={720}
        title={t('formdesigner.differences')}
        onCancel={() => setOpen(false)}
      >
        <Differences differences={differences} />
      </Modal>
    </div>
  );
}
