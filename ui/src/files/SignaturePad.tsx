import { Button, Input, Modal, Segmented } from 'antd';
import type { PointerEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsPhone } from '../components/useIsPhone';
import type { Stroke } from './strokes';
import { draw, INK, pictureOf, typedPicture } from './strokes';

interface PadProps {
  title: string;
  /** Whether the name may be typed instead. */
  typed: boolean;
  onDone: (picture: File) => void;
  onClose: () => void;
}

/** A sheet to sign on, with finger, pen or mouse; whoever cannot draw types the name. */
export function SignaturePad({ title, typed, onDone, onClose }: PadProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [way, setWay] = useState<'draw' | 'type'>('draw');
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const empty = way === 'draw' ? strokes.length === 0 : name.trim() === '';
  const done = () => {
    setBusy(true);
    const made = way === 'draw' ? pictureOf(strokes) : typedPicture(name.trim(), t('files.typedNote'));
    void made.then((blob) => onDone(new File([blob], `${title}.png`, { type: 'image/png' })));
  };
  return (
    <Modal
      open
      centered
      title={title}
      width={phone ? '100%' : 640}
      className="signature-modal"
      onCancel={onClose}
      footer={
        <div className="row">
          <Button
            disabled={empty}
            onClick={() => {
              setStrokes([]);
              setName('');
            }}
          >
            {t('clear')}
          </Button>
          {way === 'draw' && (
            <Button disabled={empty} onClick={() => setStrokes((now) => now.slice(0, -1))}>
              {t('files.undoStroke')}
            </Button>
          )}
          <span className="grow" />
          <Button type="primary" disabled={empty} loading={busy} onClick={done}>
            {t('done')}
          </Button>
        </div>
      }
    >
      {typed && (
        <Segmented
          className="signature-way"
          value={way}
          options={[
            { value: 'draw', label: t('files.byHand') },
            { value: 'type', label: t('files.byName') },
          ]}
          onChange={setWay}
        />
      )}
      {way === 'draw' ? (
        <Sheet strokes={strokes} onStroke={(stroke) => setStrokes((now) => [...now, stroke])} />
      ) : (
        <Input
          className="signature-name"
          autoFocus
          maxLength={40}
          value={name}
          aria-label={t('files.yourName')}
          placeholder={t('files.yourName')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => {
            if (!empty) done();
          }}
        />
      )}
    </Modal>
  );
}

function Sheet({ strokes, onStroke }: { strokes: readonly Stroke[]; onStroke: (stroke: Stroke) => void }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useRef<Stroke>([]);
  useEffect(() => {
    const board = canvas.current;
    if (board === null) return;
    const scale = window.devicePixelRatio;
    board.width = board.clientWidth * scale;
    board.height = board.clientHeight * scale;
    const pen = board.getContext('2d');
    if (pen === null) return;
    pen.scale(scale, scale);
    pen.strokeStyle = INK;
    for (const stroke of strokes) draw(pen, stroke);
  }, [strokes]);
  const add = (event: PointerEvent<HTMLCanvasElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    now.current = [...now.current, { x: event.clientX - left, y: event.clientY - top }];
    const pen = event.currentTarget.getContext('2d');
    if (pen === null) return;
    pen.strokeStyle = INK;
    draw(pen, now.current.slice(-3));
  };
  const end = () => {
    if (now.current.length > 0) onStroke(now.current);
    now.current = [];
  };
  return (
    <div className="signature-sheet">
      <canvas
        ref={canvas}
        aria-label={t('files.signHere')}
        role="img"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          now.current = [];
          add(event);
        }}
        onPointerMove={(event) => {
          if (now.current.length > 0) add(event);
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {strokes.length === 0 && <span className="hint">{t('files.signHere')}</span>}
    </div>
  );
}
