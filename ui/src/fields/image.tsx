import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { useIsPhone } from '../components/useIsPhone';
import { FilesShort, PicturesShown, useOpening } from '../files/FileList';
import '../files/files.css';
import { marksOf } from '../files/marks';
import { filesOf } from '../files/model';
import { PictureTiles } from '../files/PictureTiles';
import { Receiver } from '../files/Receiver';
import { shrink } from '../files/shrinking';
import { UploadRow } from '../files/UploadRow';
import { useFiles, wholeOf } from '../files/useFiles';
import type { InputProps, ShowProps } from '../forms/control';

export const shape = 'references';

const USUALLY = 9;
const LONG_SIDE = 2048;
const PICTURES = ['picture'];

/** Pictures (图片): taken with the phone, dropped, pasted or chosen; made smaller and marked before they are sent. */
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
  const phone = useIsPhone();
  const most = wholeOf(field, 'most', USUALLY);
  const camera = field.options?.['camera_only'] === true;
  const held = useFiles({
    ...{ field, value, onChange, most, groups: PICTURES },
    prepare: async (file) =>
      shrink(file, {
        longSide: wholeOf(field, 'long_side', LONG_SIDE),
        marks: await marksOf(field, t('files.nowhere')),
      }),
  });
  const { open, viewer } = useOpening(held.files);
  const full = held.room <= 0;
  const size = dense === true ? 48 : 96;
  const title = t(camera ? 'files.take' : phone ? 'files.takeOrChoose' : 'files.choosePictures');
  return (
    <Receiver
      id={id}
      accept="image/*"
      many={most > 1}
      camera={camera}
      disabled={disabled || full}
      describedBy={describedBy}
      invalid={invalid}
      label={field.title}
      onFiles={held.add}
      button={(choose) => (
        <button
          type="button"
          className={invalid === true ? 'picture-add picture-wrong' : 'picture-add'}
          style={{ width: size, height: size }}
          aria-label={title}
          onClick={choose}
        >
          <Icon name="camera" size={dense === true ? 18 : 24} />
          {dense !== true && <span>{title}</span>}
          {dense !== true && most > 1 && (
            <span className="hint number">
              {held.files.length} / {most}
            </span>
          )}
        </button>
      )}
    >
      <PictureTiles files={held.files} size={size} disabled={disabled} onOpen={open} onChange={held.put} />
      {held.uploads.length > 0 && (
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
      {disabled && held.files.length === 0 && <span className="field-empty">—</span>}
      {viewer}
    </Receiver>
  );
}

export function Show({ value, short }: ShowProps) {
  const files = filesOf(value);
  return short === true ? <FilesShort files={files} /> : <PicturesShown files={files} />;
}
