import { App, Button, Spin } from 'antd';
import type { KeyboardEvent, PointerEvent, WheelEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem';
import { Icon } from '../components/Icon';
import type { FileValue } from './model';
import { saveFile } from './opening';
import { usePicture } from './pictures';

interface ViewerProps {
  files: readonly FileValue[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

const STEP = 1.4;
const CLOSEST = 8;
const WHOLE = { scale: 1, x: 0, y: 0 };
const SWIPE = 60;

/** Pictures one by one over the whole page: turned over with the arrows, zoomed with + and −, left with Esc. */
export function Viewer({ files, at, onMove, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const box = useRef<HTMLDialogElement>(null);
  const [view, setView] = useState(WHOLE);
  const [from, setFrom] = useState<{ x: number; y: number } | null>(null);
  const file = files[at];
  const picture = usePicture(file === undefined ? null : large(file));
  useEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  if (file === undefined) return null;
  const move = (by: number) => {
    const next = at + by;
    if (next < 0 || next >= files.length) return;
    setView(WHOLE);
    onMove(next);
  };
  const zoom = (by: number) =>
    setView((now) => {
      const scale = Math.min(CLOSEST, Math.max(1, now.scale * by));
      return scale === 1 ? WHOLE : { ...now, scale };
    });
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Partial<Record<string, () => void>> = {
      ArrowLeft: () => move(-1),
      ArrowRight: () => move(1),
      Home: () => move(-at),
      End: () => move(files.length - 1 - at),
      '+': () => zoom(STEP),
      '=': () => zoom(STEP),
      '-': () => zoom(1 / STEP),
      '0': () => setView(WHOLE),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const drag = (event: PointerEvent) => {
    if (from === null || view.scale === 1) return;
    setView((now) => ({ ...now, x: now.x + event.clientX - from.x, y: now.y + event.clientY - from.y }));
    setFrom({ x: event.clientX, y: event.clientY });
  };
  const drop = (event: PointerEvent) => {
    if (from !== null && view.scale === 1) {
      const way = event.clientX - from.x;
      if (Math.abs(way) > SWIPE) move(way > 0 ? -1 : 1);
    }
    setFrom(null);
  };
  return createPortal(
    <dialog
      ref={box}
      className="viewer"
      aria-label={file.name}
      onKeyDown={onKeyDown}
      onClose={onClose}
      onClick={(event) => event.stopPropagation()}
    >
      <header className="viewer-bar">
        <span className="viewer-name">{file.name}</span>
        {files.length > 1 && (
          <span className="number">
            {at + 1} / {files.length}
          </span>
        )}
        <span className="grow" />
        <Act
          name="minus"
          title={t('files.smaller')}
          disabled={view.scale === 1}
          onClick={() => zoom(1 / STEP)}
        />
        <span className="number viewer-scale">{Math.round(view.scale * 100)}%</span>
        <Act
          name="plus"
          title={t('files.larger')}
          disabled={view.scale >= CLOSEST}
          onClick={() => zoom(STEP)}
        />
        <Act
          name="import"
          title={t('files.save')}
          onClick={() => {
            saveFile(file).catch((error: unknown) => void message.error(problemOf(error).title));
          }}
        />
        <Act name="close" title={t('close')} onClick={onClose} />
      </header>
      <div
        className={view.scale > 1 ? 'viewer-stage viewer-near' : 'viewer-stage'}
        onWheel={(event: WheelEvent) => zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15)}
        onDoubleClick={() => setView((now) => (now.scale > 1 ? WHOLE : { scale: 2.5, x: 0, y: 0 }))}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setFrom({ x: event.clientX, y: event.clientY });
        }}
        onPointerMove={drag}
        onPointerUp={drop}
        onPointerCancel={() => setFrom(null)}
      >
        {picture.isPending && <Spin />}
        {picture.isError && <p>{t('files.gone')}</p>}
        {picture.data !== undefined && (
          <img
            src={picture.data}
            alt={file.name}
            draggable={false}
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
          />
        )}
      </div>
      {at > 0 && (
        <span className="viewer-side viewer-left">
          <Act name="left" title={t('files.before')} onClick={() => move(-1)} />
        </span>
      )}
      {at < files.length - 1 && (
        <span className="viewer-side viewer-right">
          <Act name="right" title={t('files.after')} onClick={() => move(1)} />
        </span>
      )}
    </dialog>,
    document.body,
  );
}

function large(file: FileValue): string {
  return `${file.url}?size=large`;
}

interface ActProps {
  name: 'minus' | 'plus' | 'import' | 'close' | 'left' | 'right';
  title: string;
  disabled?: boolean;
  onClick: () => void;
}

function Act({ name, title, disabled = false, onClick }: ActProps) {
  return (
    <Button
      type="text"
      className="viewer-act"
      aria-label={title}
      title={title}
      disabled={disabled}
      icon={<Icon name={name} size={20} />}
      onClick={onClick}
    />
  );
}
