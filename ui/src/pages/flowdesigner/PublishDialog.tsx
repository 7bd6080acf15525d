import { Alert, App, Button, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { FaultList } from './Checks';
import { Conflict } from './Conflict';
import { useDesk } from './desk';
import type { Saving } from './useSaving';
import { isConflict } from './useSaving';

interface PublishDialogProps {
  open: boolean;
  saving: Saving;
  onClose: () => void;
}

/** Before publishing: what is incomplete, and what becomes of what runs. And when somebody else was faster: whose it is. */
export function PublishDialog({ open, saving, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { faults } = useDesk();
  const [note, setNote] = useState('');
  const { publishing, version } = saving;
  const error = publishing.error ?? (saving.stuck ? saving.saving.error : null);
  if (isConflict(error)) return <Conflict {...{ open, saving, error, onClose }} />;
  const hard = faults.filter((one) => one.hard).length;
  const whole = Object.values(saving.running).reduce((sum, count) => sum + count, 0);
  const publish = () =>
    publishing.mutate(note.trim(), {
      onSuccess: () => {
        setNote('');
        onClose();
        void message.success(t('published'));
      },
    });
  return (
    <Modal
      open={open}
      width={560}
      title={t('flowdesigner.publishTitle', { version: (version ?? 0) + 1 })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={hard > 0 || saving.checking || saving.checkError !== null}
            loading={publishing.isPending}
            onClick={publish}
          >
            {t('flowdesigner.publish')}
          </Button>
        </>
      }
    >
      <div className="stack">
        {hard > 0 ? (
          <>
            <Alert type="error" showIcon title={t('flowdesigner.mustFix', { count: hard })} />
            <FaultList onJump={onClose} hints={false} />
          </>
        ) : saving.checking ? (
          <Skeleton active paragraph={{ rows: 2 }} />
        ) : (
          <>
            <p>{t('flowdesigner.readyToPublish')}</p>
            {faults.length > 0 && <FaultList onJump={onClose} />}
            {whole > 0 && version !== null && (
              <Alert
                type="info"
                showIcon
                title={t('flowdesigner.staysWith', { next: version + 1, count: whole, version })}
              />
            )}
            <Input
              value={note}
              maxLength={200}
              placeholder={t('flowdesigner.note')}
              aria-label={t('flowdesigner.note')}
              onChange={(event) => setNote(event.target.value)}
            />
          </>
        )}
        <ProblemAlert problem={error ?? saving.checkError} />
      </div>
    </Modal>
  );
}
