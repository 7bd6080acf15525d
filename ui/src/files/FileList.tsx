import { App } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem';
import './files.css';
import type { FileValue } from './model';
import { isPicture, sizeText } from './model';
import { openFile } from './opening';
import { Thumb } from './Thumb';
import { Viewer } from './Viewer';

/** Opens the files of one field: pictures over the page, PDFs in a tab, the rest is saved. */
export function useOpening(files: readonly FileValue[]) {
  const { message } = App.useApp();
  const [at, setAt] = useState<number | null>(null);
  const pictures = files.filter(isPicture);
  const open = (file: FileValue) => {
    if (file.url === '') return;
    const found = pictures.findIndex((one) => one.id === file.id);
    if (found >= 0) setAt(found);
    else
      openFile(file).catch(
        (error: unknown) => void message.error(problemOf(error).detail ?? problemOf(error).title),
      );
  };
  const viewer: ReactNode =
    at === null ? null : <Viewer files={pictures} at={at} onMove={setAt} onClose={() => setAt(null)} />;
  return { open, viewer };
}

const FEW = 3;

/** The files of a field as lists show them: small pictures, and how many more there are. */
export function FilesShort({ files }: { files: readonly FileValue[] }) {
  const { t } = useTranslation();
  const { open, viewer } = useOpening(files);
  const [first] = files;
  const pictures = files.filter(isPicture);
  if (first === undefined) return null;
  return (
    <span className="files-short" onClick={stay}>
      {pictures.slice(0, FEW).map((file) => (
        <button
          key={file.id}
          type="button"
          className="file-bare"
          title={file.name}
          onClick={() => open(file)}
        >
          <Thumb file={file} size={24} />
        </button>
      ))}
      {pictures.length === 0 ? (
        <button type="button" className="file-bare file-link" onClick={() => open(first)}>
          {first.name}
        </button>
      ) : null}
      {files.length > Math.max(1, Math.min(pictures.length, FEW)) && (
        <span className="hint">{t('files.count', { count: files.length })}</span>
      )}
      {viewer}
    </span>
  );
}

/** Not to open the row or drawer that it stands in. */
function stay(event: MouseEvent): void {
  event.stopPropagation();
}

/** The files of a field, each with its name and size. */
export function FilesShown({ files }: { files: readonly FileValue[] }) {
  const { open, viewer } = useOpening(files);
  return (
    <div className="files" onClick={stay}>
      <ul className="file-rows">
        {files.map((file) => (
          <li key={file.id} className="file-row">
            <FileName file={file} onOpen={() => open(file)} />
          </li>
        ))}
      </ul>
      {viewer}
    </div>
  );
}

/** A file's small picture, name and size, as one button that opens it. */
export function FileName({ file, onOpen }: { file: FileValue; onOpen: () => void }) {
  return (
    <button type="button" className="file-name" onClick={onOpen}>
      <Thumb file={file} size={40} />
      <span className="file-told">
        <span className="file-title" title={file.name}>
          {file.name}
        </span>
        {file.size > 0 && <span className="hint number">{sizeText(file.size)}</span>}
      </span>
    </button>
  );
}

/** Pictures side by side. */
export function PicturesShown({ files }: { files: readonly FileValue[] }) {
  const { open, viewer } = useOpening(files);
  return (
    <div className="files" onClick={stay}>
      <ul className="file-tiles">
        {files.map((file) => (
          <li key={file.id} className="file-tile">
            <button type="button" className="file-bare" aria-label={file.name} onClick={() => open(file)}>
              <Thumb file={file} size={96} />
            </button>
          </li>
        ))}
      </ul>
      {viewer}
    </div>
  );
}
