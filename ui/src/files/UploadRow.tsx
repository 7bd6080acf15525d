import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { sizeText } from './model';
import type { Upload } from './useUploads';

interface UploadRowProps {
  upload: Upload;
  onCancel: () => void;
  onRetry: () => void;
}

const WHOLE = 100;

/** A file on its way, or why it did not come through and what to do. */
export function UploadRow({ upload, onCancel, onRetry }: UploadRowProps) {
  const { t } = useTranslation();
  const { file, problem, sent, total } = upload;
  const percent = total === 0 ? 0 : Math.min(WHOLE, Math.round((sent / total) * WHOLE));
  return (
    <li className={problem === null ? 'file-row' : 'file-row file-failed'}>
      <span className="file-name">
        <span className="file-thumb file-ending" style={{ width: 40, height: 40 }} aria-hidden>
          <Icon name={problem === null ? 'export' : 'warning'} size={18} />
        </span>
        <span className="file-told">
          <span className="file-title">{file.name}</span>
          {problem === null ? (
            <span className="file-progress" role="status">
              <span className="hint number">
                {t('files.sending')} {sizeText(sent)} / {sizeText(total)}
              </span>
              <Progress percent={percent} size="small" showInfo={false} aria-label={file.name} />
            </span>
          ) : (
            <span className="field-fault" role="alert">
              {problem}
            </span>
          )}
        </span>
      </span>
      {problem !== null && upload.again && (
        <Button
          type="text"
          aria-label={t('files.again', { name: file.name })}
          icon={<Icon name="refresh" />}
          onClick={onRetry}
        />
      )}
      <Button
        type="text"
        aria-label={t(problem === null ? 'files.cancel' : 'files.dismiss', { name: file.name })}
        icon={<Icon name="close" />}
        onClick={onCancel}
      />
    </li>
  );
}
