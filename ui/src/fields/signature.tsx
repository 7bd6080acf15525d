import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { FilesShort } from '../files/FileList';
import '../files/files.css';
import { filesOf } from '../files/model';
import { usePicture } from '../files/pictures';
import { SignaturePad } from '../files/SignaturePad';
import { UploadRow } from '../files/UploadRow';
import { useFiles } from '../files/useFiles';
import type { InputProps, ShowProps } from '../forms/control';

export const shape = 'references';

const PICTURES = ['picture'];

/** A signature by hand (手写签名): drawn on a sheet of its own. */
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
  const [open, setOpen] = useState(false);
  const held = useFiles({ field, value, onChange, groups: PICTURES, most: 1 });
  const [file] = held.files;
  const waiting = held.uploads.length > 0;
  const height = dense === true ? 32 : 72;
  return (
    <div id={id} className="signature" role="group" aria-label={field.title} aria-describedby={describedBy}>
      {file !== undefined && <Drawn value={value} height={height} />}
      {disabled && file === undefined && <span className="field-empty">—</span>}
      {!disabled && file === undefined && !waiting && (
        <button
          type="button"
          className={invalid === true ? 'signature-place picture-wrong' : 'signature-place'}
          style={{ height }}
          onClick={() => setOpen(true)}
        >
          <Icon name="pen" size={18} /> {t('files.sign')}
        </button>
      )}
      {!disabled && file !== undefined && (
        <Button type="link" size="small" onClick={() => setOpen(true)}>
          {t('files.signAgain')}
        </Button>
      )}
      {waiting && (
        <ul className="file-rows">
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
      {open && (
        <SignaturePad
          title={field.title}
          typed={field.options?.['typed'] !== false}
          onClose={() => setOpen(false)}
          onDone={(picture) => {
            setOpen(false);
            held.add([picture]);
          }}
        />
      )}
    </div>
  );
}

function Drawn({ value, height }: { value: unknown; height: number }) {
  const { t } = useTranslation();
  const [file] = filesOf(value);
  const picture = usePicture(file === undefined ? null : file.thumbnail && `${file.url}?size=large`);
  if (picture.data === undefined) return <span className="signature-drawn" style={{ height }} />;
  return <img className="signature-drawn" style={{ height }} src={picture.data} alt={t('files.signature')} />;
}

export function Show({ value, short }: ShowProps) {
  return short === true ? <FilesShort files={filesOf(value)} /> : <Drawn value={value} height={72} />;
}
