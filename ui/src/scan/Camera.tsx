import { Button, Modal, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import './camera.css';
import { play } from './sounds';

interface CameraProps {
  onScan: (raw: string) => void;
  onClose: () => void;
}

const PAUSE_MS = 120;
const LONGEST_SIDE = 1280;

type Trouble = 'unsafe' | 'denied' | 'none';

/** The camera over the whole page: the first code that it reads is handed in. */
export function Camera({ onScan, onClose }: CameraProps) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [ready, setReady] = useState(false);
  const [light, setLight] = useState<MediaStreamTrack | null>(null);
  const [lit, setLit] = useState(false);
  const handIn = useRef(onScan);
  useEffect(() => {
    handIn.current = onScan;
  });

  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    void look();
    return () => {
      gone = true;
      stream?.getTracks().forEach((track) => track.stop());
    };

    async function look() {
      if (!window.isSecureContext) {
        setTrouble('unsafe');
        return;
      }
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment' },
          audio: false,
        });
      } catch (error) {
        setTrouble(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'none');
        return;
      }
      const shown = video.current;
      if (gone || shown === null) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      const track = stream.getVideoTracks()[0];
      // Only some browsers know of a light; their types do not.
      if (track !== undefined && 'torch' in track.getCapabilities()) setLight(track);
      shown.srcObject = stream;
      await shown.play();
      setReady(true);
      // The reader is large and comes only when somebody scans with a camera.
      const { readCodes } = await import('./reading');
      const canvas = document.createElement('canvas');
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      while (!isGone() && pen !== null) {
        const scale = Math.min(1, LONGEST_SIDE / Math.max(shown.videoWidth, shown.videoHeight, 1));
        canvas.width = Math.round(shown.videoWidth * scale);
        canvas.height = Math.round(shown.videoHeight * scale);
        if (canvas.width > 0) {
          pen.drawImage(shown, 0, 0, canvas.width, canvas.height);
          const [code] = await readCodes(pen.getImageData(0, 0, canvas.width, canvas.height));
          if (code !== undefined && !isGone()) {
            play('right');
            handIn.current(code.text);
            return;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }

    function isGone() {
      return gone;
    }
  }, []);

  const turn = () => {
    const next = !lit;
    void light
      ?.applyConstraints({ advanced: [{ torch: next } as MediaTrackConstraintSet] })
      .then(() => setLit(next));
  };
  return (
    <Modal
      open
      footer={null}
      onCancel={onClose}
      title={t('camera.title')}
      className="camera"
      width={560}
      centered
    >
      {trouble === null ? (
        <div className="camera-view">
          <video ref={video} muted playsInline aria-label={t('camera.picture')} />
          <span className="camera-frame" aria-hidden="true" />
          {!ready && <Spin className="camera-wait" />}
          {light !== null && (
            <Button
              className="camera-light"
              icon={<Icon name="sun" size={16} />}
              aria-pressed={lit}
              onClick={turn}
            >
              {t('camera.light')}
            </Button>
          )}
        </div>
      ) : (
        <p role="alert">{t(`camera.${trouble}`)}</p>
      )}
      <p className="hint">{t('camera.how')}</p>
    </Modal>
  );
}
