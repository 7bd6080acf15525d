import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { FileName, FilesShort, FilesShown, useOpening } from '../files/FileList';
import '../files/files.css';
import { acceptOf, filesOf } from '../files/model';
import { Receiver } from '../files/Receiver';
import { UploadRow } from '../files/UploadRow';
import { useFiles, wholeOf } from '../files/useFiles';
import type { InputProps, ShowProps } from '../forms/control';

export const shape = 'references';

const USUALLY = 20;

/** Files of any usual type (附件): dropped, pasted or chosen. */
export function Input({
  field,
  id,
  value,
  onChange,
  disabled = false,
  invalid,
  describedBy,
  dense,
}: InputProps) {
  const { t } = useTranslation();
  const types = field.options?.['types'];
  const groups = Array.isArray(types) ? (types as string[]) : [];
  const most = wholeOf(field, 'most', USUALLY);
  const largestMb = wholeOf(field, 'largest_mb', 100);
  const held = useFiles({ field, value, onChange, groups, most, largestMb });
  const { open, viewer } = useOpening(held.files);
  const full = held.room <= 0;
  return (
    <Receiver
      id={id}
      accept={acceptOf(groups)}
      many={most > 1}
      camera={false}
      disabled={disabled || full}
      describedBy={describedBy}
      invalid={invalid}
      label={field.title}
      onFiles={held.add}
      button={(choose) => (
        <div className="file-add">
          <Button
            size={dense === true ? 'small' : 'middle'}
            icon={<Icon name="clip" size={16} />}
            onClick={choose}
            danger={invalid === true}
          >
            {t('files.choose')}
          </Button>
          {dense !== true && (
            <span className="hint only-desk">{t('files.how', { size: largestMb, count: most })}</span>
          )}
        </div>
      )}
    >
      {(held.files.length > 0 || held.uploads.length > 0) && (
        <ul className="file-rows">
          {held.files.map((file) => (
            <li key={file.id} className="file-row">
              <FileName file={file} onOpen={() => open(file)} />
              {!disabled && (
                <Button
                  type="text"
                  aria-label={t('files.remove', { name: file.name })}
                  icon={<Icon name="trash" size={16} />}
                  onClick={() => held.remove(file.id)}
                />
              )}
            </li>
          ))}
          {held.uploads.map((one) => (
            <UploadRow
              key={one.key}
              upload={one}
              onCancel={() => held.cancel(one.key)}
              onRetry={() => held.retry(one.key)}
            />
          ))}
        </ul>
      )}
      {disabled && held.files.length === 0 && <span className="field-empty">—</span>}
      {viewer}
    </Receiver>
  );
}

export function Show({ value, short }: ShowProps) {
  const files = filesOf(value);
  return short === true ? <FilesShort files={files} /> : <FilesShown files={files} />;
}
