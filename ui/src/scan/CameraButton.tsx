import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';

const Camera = lazy(async () => ({ default: (await import('./Camera')).Camera }));

interface CameraButtonProps {
  onScan: (raw: string) => void;
  disabled?: boolean;
  /** What the code goes into. */
  title: string;
}

/** Opens the camera for one code; where there is no camera at all there is no button. */
export function CameraButton({ onScan, disabled = false, title }: CameraButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!('mediaDevices' in navigator) && window.isSecureContext) return null;
  return (
    <>
      <Tooltip title={t('camera.open')}>
        <Button
          className="camera-button"
          icon={<Icon name="camera" size={18} />}
          disabled={disabled}
          aria-label={t('camera.openFor', { title })}
          onClick={() => setOpen(true)}
        />
      </Tooltip>
      {open && (
        <Suspense>
          <Camera
            onScan={(raw) => {
              setOpen(false);
              onScan(raw);
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
