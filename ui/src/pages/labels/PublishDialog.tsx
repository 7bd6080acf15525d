import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useDesk } from './desk';
import type { Saving } from './useSaving';
import { CONFLICTS } from './useSaving';

interface PublishDialogProps {
  open: boolean;
  saving: Saving;
  onPublish: (over: boolean) => void;
  onDiscard: () => void;
  onClose: () => void;
}

/** Before publishing: what is doubtful. And when somebody else was faster: whose label it shall be. */
export function PublishDialog({ open, saving, onPublish, onDiscard, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const { raster } = useDesk();
  const { publishing, published } = saving;
  const error = publishing.error ?? (refused(saving) ? saving.saving.error : null);
  const problem = error === null ? null : problemOf(error);
  const conflict = problem !== null && CONFLICTS.has(problem.code);
  const doubts = raster?.checks ?? [];
  const unread = raster?.reads.filter((read) => !read.ok) ?? [];
  return (
    <Modal
      open={open}
      title={conflict ? t('labels.conflict') : t('labels.publishTitle', { version: (published ?? 0) + 1 })}
      onCancel={onClose}
      footer={
        conflict ? (
          <>
            <Button onClick={onClose}>{t('labels.lookFirst')}</Button>
            <Button onClick={onDiscard}>{t('labels.discardMine')}</Button>
            <Button danger type="primary" loading={publishing.isPending} onClick={() => onPublish(true)}>
              {t('labels.overwrite')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button type="primary" loading={publishing.isPending} onClick={() => onPublish(false)}>
              {t('labels.publish')}
            </Button>
          </>
        )
      }
    >
      <div className="stack">
        {problem !== null && <ProblemAlert problem={problem} />}
        {!conflict && <p>{t('labels.publishHelp')}</p>}
        {!conflict && doubts.length + unread.length > 0 && (
          <div>
            <b>{t('labels.publishDoubts', { count: doubts.length + unread.length })}</b>
            <ul className="ld-doubts">
              {doubts.map((check, index) => (
                <li key={index}>{check.message}</li>
              ))}
              {unread.map((read, index) => (
                <li key={`r${index}`}>{t('labels.readNot', { name: read.symbology })}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Modal>
  );
}

/** Whether the draft could not be saved because somebody else was faster. */
export function refused({ saving }: Saving): boolean {
  return saving.error !== null && CONFLICTS.has(problemOf(saving.error).code);
}
