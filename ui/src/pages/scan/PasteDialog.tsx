import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { splitCodes } from './summary';

interface PasteDialogProps {
  open: boolean;
  onClose: () => void;
  onCodes: (codes: string[]) => void;
}

/** A list of codes, pasted from a sheet or a message. */
export function PasteDialog({ open, onClose, onCodes }: PasteDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const codes = splitCodes(text);
  return (
    <Modal
      open={open}
      title={t('scan.paste.title')}
      onCancel={onClose}
      okText={t('scan.paste.ok', { count: codes.length.toLocaleString() })}
      okButtonProps={{ disabled: codes.length === 0 }}
      onOk={() => {
        onCodes(codes);
        onClose();
      }}
      afterClose={() => setText('')}
      destroyOnHidden
    >
      <p className="muted">{t('scan.paste.how')}</p>
      <Input.TextArea
        className="mono"
        autoFocus
        autoSize={{ minRows: 8, maxRows: 16 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={t('scan.paste.title')}
      />
    </Modal>
  );
}
