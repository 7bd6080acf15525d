import type { Context } from 'konva/lib/Context';
import { Layer, Rect, Shape, Text } from 'react-konva';
import type { Box } from '../../labels/geometry';
import { useMode } from '../../shell/mode';
import { palettes } from '../../theme';
import { useDesk } from './desk';
import type { View } from './useView';
import { RULER } from './useView';

interface RulersProps {
  view: View;
  selection: Box | null;
}

/** The rulers along the upper and the left edge, in mm; what is selected is tinted on them. */
export function Rulers({ view, selection }: RulersProps) {
  const { board } = useDesk();
  const colours = palettes[useMode()];
  const { zoom, ox, oy, width, height } = view;
  const { width_mm: wide, height_mm: high } = board.present;
  const step = numberStep(zoom);
  const marks = (length: number) => Array.from({ length: Math.floor(length / step) + 1 }, (_, i) => i * step);
  return (
    <Layer listening={false}>
      <Rect x={0} y={0} width={width} height={RULER} fill={colours.paper} />
      <Rect x={0} y={0} width={RULER} height={height} fill={colours.paper} />
      {selection !== null && (
        <>
          <Rect
            x={ox + selection.x * zoom}
            y={0}
            width={selection.w * zoom}
            height={RULER}
            fill={colours.labelShade}
          />
          <Rect
            x={0}
            y={oy + selection.y * zoom}
            width={RULER}
            height={selection.h * zoom}
            fill={colours.labelShade}
          />
        </>
      )}
      <Shape
        sceneFunc={(context) => {
          ticks(context, view, wide, high);
          context.setAttr('strokeStyle', colours.textHint);
          context.setAttr('lineWidth', 1);
          context.stroke();
        }}
      />
      {marks(wide).map((mm) => (
        <Text
          key={`x${mm}`}
          x={ox + mm * zoom + 3}
          y={2}
          text={`${mm}`}
          fontSize={10}
          fill={colours.textSecond}
        />
      ))}
      {marks(high).map((mm) => (
        <Text
          key={`y${mm}`}
          x={2}
          y={oy + mm * zoom + 3}
          text={`${mm}`}
          fontSize={10}
          fill={colours.textSecond}
        />
      ))}
      <Rect x={0} y={0} width={RULER} height={RULER} fill={colours.paper} />
      <Text x={2} y={8} text="mm" fontSize={10} fill={colours.textHint} />
    </Layer>
  );
}

function numberStep(zoom: number): number {
  if (zoom >= 24) return 5;
  return zoom >= 4 ? 10 : 20;
}

/** Ticks at every millimetre, longer at five and ten; fewer where they would touch. */
function ticks(context: Context, { ox, oy, zoom }: View, wide: number, high: number): void {
  const each = zoom >= 4 ? 1 : 5;
  context.beginPath();
  for (let mm = 0; mm <= wide; mm += each) {
    const at = Math.round(ox + mm * zoom) + 0.5;
    context.moveTo(at, RULER);
    context.lineTo(at, RULER - length(mm));
  }
  for (let mm = 0; mm <= high; mm += each) {
    const at = Math.round(oy + mm * zoom) + 0.5;
    context.moveTo(RULER, at);
    context.lineTo(RULER - length(mm), at);
  }
}

function length(mm: number): number {
  if (mm % 10 === 0) return 10;
  return mm % 5 === 0 ? 7 : 4;
}
