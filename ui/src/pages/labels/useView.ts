import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useState } from 'react';
import type { Point } from '../../labels/geometry';

/** How the label lies on the screen. */
export interface View {
  width: number;
  height: number;
  /** Pixels a millimetre. */
  zoom: number;
  /** Where the label's upper left corner is, in pixels. */
  ox: number;
  oy: number;
}

/** Pixels a millimetre at which the label is as large as on paper, on a usual screen. */
export const LIFE_SIZE = 96 / 25.4;
const LEAST = LIFE_SIZE / 2;
const MOST = LIFE_SIZE * 8;
/** Wide of the rulers, in pixels. */
export const RULER = 24;
const MARGIN = 24;

/** The zoom and place at which the whole label is seen. */
export function fitted(size: { width: number; height: number }, label: { w: number; h: number }): View {
  const roomX = size.width - RULER - 2 * MARGIN;
  const roomY = size.height - RULER - 2 * MARGIN;
  const zoom = Math.max(LEAST, Math.min(MOST, roomX / label.w, roomY / label.h));
  return centred({ ...size, zoom, ox: 0, oy: 0 }, label);
}

function centred(view: View, label: { w: number; h: number }): View {
  return {
    ...view,
    ox: Math.round(RULER + (view.width - RULER - label.w * view.zoom) / 2),
    oy: Math.round(RULER + (view.height - RULER - label.h * view.zoom) / 2),
  };
}

/** The view zoomed by a factor, keeping what is under a point of the screen where it is. */
export function zoomed(view: View, factor: number, at: Point): View {
  const zoom = Math.max(LEAST, Math.min(MOST, view.zoom * factor));
  const scale = zoom / view.zoom;
  return { ...view, zoom, ox: at.x - (at.x - view.ox) * scale, oy: at.y - (at.y - view.oy) * scale };
}

/** A point of the screen on the label, in mm. */
export function onLabel(view: View, at: Point): Point {
  return { x: (at.x - view.ox) / view.zoom, y: (at.y - view.oy) / view.zoom };
}

/** Zooming and shifting the board inside its frame. */
export function useView(frame: RefObject<HTMLDivElement | null>, label: { w: number; h: number }) {
  const [view, setView] = useState<View>({ width: 0, height: 0, zoom: LIFE_SIZE, ox: RULER, oy: RULER });
  const { w, h } = label;
  const fit = useCallback(() => setView((now) => fitted(now, { w, h })), [w, h]);

  useLayoutEffect(() => {
    const box = frame.current;
    if (box === null) return;
    const measure = () =>
      setView((now) => {
        const size = { width: box.clientWidth, height: box.clientHeight };
        if (size.width === now.width && size.height === now.height) return now;
        return fitted(size, { w, h });
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [frame, w, h]);
  useEffect(fit, [fit]);

  useEffect(() => {
    const box = frame.current;
    if (box === null) return;
    // React listens passively; the page must not zoom or scroll along.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const bounds = box.getBoundingClientRect();
      const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      setView((now) => {
        if (event.ctrlKey || event.metaKey) return zoomed(now, Math.exp(-event.deltaY / 300), at);
        const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
        return { ...now, ox: now.ox - dx, oy: now.oy - dy };
      });
    };
    box.addEventListener('wheel', wheel, { passive: false });
    return () => box.removeEventListener('wheel', wheel);
  }, [frame]);

  const zoomBy = useCallback(
    (factor: number) =>
      setView((now) => zoomed(now, factor, { x: (now.width + RULER) / 2, y: (now.height + RULER) / 2 })),
    [],
  );
  const zoomTo = useCallback(
    (zoom: number) =>
      setView((now) => centred({ ...now, zoom: Math.max(LEAST, Math.min(MOST, zoom)) }, { w, h })),
    [w, h],
  );
  const shift = useCallback(
    (dx: number, dy: number) => setView((now) => ({ ...now, ox: now.ox + dx, oy: now.oy + dy })),
    [],
  );
  return { view, fit, zoomBy, zoomTo, shift };
}
