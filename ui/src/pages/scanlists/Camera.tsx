import type { ComponentType } from 'react';
import { lazy, Suspense } from 'react';

interface CameraProps {
  /** Nothing is read while a wrong answer waits to be acknowledged. */
  paused: boolean;
  onScan: (raw: string) => void;
}

const modules = import.meta.glob<{ Camera: ComponentType<CameraProps> }>('../../scan/Camera.tsx');
const load = Object.values(modules)[0];
const Picture = load === undefined ? null : lazy(async () => ({ default: (await load()).Camera }));

/** What the phone's camera sees and reads; nothing where there is none. */
export function Camera(props: CameraProps) {
  if (Picture === null || !('mediaDevices' in navigator)) return null;
  return (
    <Suspense fallback={null}>
      <Picture {...props} />
    </Suspense>
  );
}
