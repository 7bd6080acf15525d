import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { WIDTHS } from '../../formdesigner/declared';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';

const ALL = 12;

/** The right edge of a field: drawn with the pointer or moved with the arrows, it takes 3, 4, 6, 9 or 12 columns. */
export function ResizeEdge({ field }: { field: FormField }) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const [drawing, setDrawing] = useState(false);
  const start = useRef({ left: 0, column: 1 });
  const width = field.width ?? ALL;
  const set = (next: number) =>
    dispatch({ do: 'set', ids: [field.id], values: { width: next }, step: `width ${field.id}` });
  const begin = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    const grid = event.currentTarget.closest('.fd-grid')?.getBoundingClientRect();
    if (box === undefined || grid === undefined) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { left: box.left, column: grid.width / ALL };
    setDrawing(true);
  };
  const draw = (event: PointerEvent) => {
    if (!drawing) return;
    const columns = (event.clientX - start.current.left) / start.current.column;
    set(WIDTHS.reduce((best, one) => (Math.abs(one - columns) < Math.abs(best - columns) ? one : best)));
  };
  const end = () => {
    setDrawing(false);
    dispatch({ do: 'rest' });
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.stopPropagation();
    event.preventDefault();
    const next = WIDTHS[WIDTHS.findIndex((one) => one >= width) + by];
    if (next !== undefined) set(next);
  };
  return (
    <>
      <span
        className="fd-edge"
        role="slider"
        tabIndex={0}
        aria-label={t('formdesigner.width')}
        aria-valuemin={WIDTHS[0]}
        aria-valuemax={ALL}
        aria-valuenow={width}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={press}
      />
      <span className="fd-size" aria-hidden="true">
        {width} / {ALL}
      </span>
    </>
  );
}
