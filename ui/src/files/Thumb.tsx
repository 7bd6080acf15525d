import { Icon } from '../components/Icon';
import type { FileValue } from './model';
import { endingOf } from './model';
import { usePicture } from './pictures';

/** A file as a small picture; one that has none as its ending. */
export function Thumb({ file, size }: { file: FileValue; size: number }) {
  const picture = usePicture(file.thumbnail);
  const style = { width: size, height: size };
  if (file.thumbnail !== null && picture.data !== undefined) {
    return <img className="file-thumb" style={style} src={picture.data} alt="" draggable={false} />;
  }
  const ending = endingOf(file.name);
  return (
    <span
      className={file.thumbnail === null ? 'file-thumb file-ending' : 'file-thumb'}
      style={style}
      aria-hidden
    >
      {file.thumbnail === null &&
        (size >= 32 && ending !== '' ? ending : <Icon name="clip" size={size / 2} />)}
    </span>
  );
}
