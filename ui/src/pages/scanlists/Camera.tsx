import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import './scanlists.css';

interface CameraProps {
  /** Nothing is read while a wrong answer waits to be acknowledged. */
  paused: boolean;
  onScan: (raw: string) => void;
}

interface Reader {
  readCodes: (picture: ImageData) => Promise<readonly { text: string }[]>;
}

const readers = import.meta.glob<Reader>('../../scan/reading.ts');
const load = Object.values(readers)[0];

const PAUSE_MS = 120;
/** The same code again within this time is still the same look at it. */
const SAME_MS = 2500;
const LONGEST_SIDE = 1280;
const KEY = 'mazhi.camera';

/** What the phone's camera sees, and every code that it reads, one after the other; nothing where there is none. */
export function Camera(props: CameraProps) {
  const { t } = useTranslation();
  const [on, setOn] = useState(() => localStorage.getItem(KEY) === 'on');
  const [trouble, setTrouble] = useState(false);
  if (load === undefined || !('mediaDevices' in navigator)) return null;
  const turn = (next: boolean) => {
    localStorage.setItem(KEY, next ? 'on' : 'off');
    setTrouble(false);
    setOn(next);
  };
  if (!on || trouble) {
    return (
      <div className="list-camera-off">
        {trouble && <span className="hint">{t('scanlists.camera.none')}</span>}
        <Button icon={<Icon name="camera" size={18} />} onClick={() => turn(true)}>
          {t('scanlists.camera.open')}
        </Button>
      </div>
    );
  }
  return (
    <div className="list-camera">
      <Picture {...props} onTrouble={() => setTrouble(true)} />
      <Button className="list-camera-close" onClick={() => turn(false)}>
        {t('scanlists.camera.close')}
      </Button>
    </div>
  );
}

function Picture({ paused, onScan, onTrouble }: CameraProps & { onTrouble: () => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef({ paused, onScan, onTrouble });
  useEffect(() => {
    latest.current = { paused, onScan, onTrouble };
  });
  useEffect(() => {
    const watch = new Watch();
    const shown = video.current;
    if (shown !== null) {
      watch
        .look(shown, (text) => {
          if (!latest.current.paused) latest.current.onScan(text);
        })
        .catch(() => {
          if (!watch.ended()) latest.current.onTrouble();
        });
    }
    return () => watch.end();
  }, []);
  return (
    <>
      <video ref={video} muted playsInline aria-label={t('scanlists.camera.picture')} />
      <span className={paused ? 'list-camera-frame list-camera-paused' : 'list-camera-frame'} />
    </>
  );
}

/** One opening of the camera, until it is closed. */
class Watch {
  private over = false;
  private stream: MediaStream | null = null;

  async look(shown: HTMLVideoElement, onCode: (text: string) => void): Promise<void> {
    this.stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment' },
      audio: false,
    });
    if (this.ended()) {
      this.stop();
      return;
    }
    shown.srcObject = this.stream;
    await shown.play();
    const reader = await load?.();
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    let last = '';
    let since = 0;
    while (!this.ended() && pen !== null && reader !== undefined) {
      const scale = Math.min(1, LONGEST_SIDE / Math.max(shown.videoWidth, shown.videoHeight, 1));
      canvas.width = Math.round(shown.videoWidth * scale);
      canvas.height = Math.round(shown.videoHeight * scale);
      if (canvas.width > 0) {
        pen.drawImage(shown, 0, 0, canvas.width, canvas.height);
        const [code] = await reader.readCodes(pen.getImageData(0, 0, canvas.width, canvas.height));
        const now = performance.now();
        if (code !== undefined && (code.text !== last || now - since > SAME_MS)) onCode(code.text);
        if (code !== undefined) [last, since] = [code.text, now];
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  ended(): boolean {
    return this.over;
  }

  end(): void {
    this.over = true;
    this.stop();
  }

  private stop(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
  }
}
