import type { Context } from 'konva/lib/Context';
import { useMemo } from 'react';
import { Image, Layer, Rect, Shape, Text } from 'react-konva';
import type { Box } from '../../labels/geometry';
import { patchwork } from '../../labels/patchwork';
import type { LabelElement, Template } from '../../labels/template';
import { DOTS_PER_MM } from '../../labels/template';
import { useMode } from '../../shell/mode';
import { palettes } from '../../theme';
import { useDesk } from './desk';
import type { Raster } from './useRaster';
import type { View } from './useView';

/** The paper with what is printed on it: the print head's own dots. */
export function Paper({ view }: { view: View }) {
  const { board, raster, grid } = useDesk();
  const colours = palettes[useMode()];
  const label = board.present;
  const { ox, oy, zoom } = view;
  const picture = useMemo(() => (raster === null ? null : composed(raster, label)), [raster, label]);
  const waiting = raster === null ? label.elements : patchwork(label, raster.template).draw.filter(rough);
  const width = label.width_mm * zoom;
  const height = label.height_mm * zoom;
  const dots = raster === null ? 0 : DOTS_PER_MM[raster.dpi];
  const radius = Math.min(6, zoom);
  return (
    // Below three pixels a dot, sharp edges would make bars of one width look like two.
    <Layer listening={false} imageSmoothingEnabled={dots > 0 && zoom / dots < 3}>
      <Rect
        x={ox}
        y={oy}
        width={width}
        height={height}
        fill={colours.labelPaper}
        cornerRadius={radius}
        shadowColor={colours.labelInk}
        shadowOpacity={0.18}
        shadowBlur={12}
        shadowOffsetY={2}
      />
      {grid && (
        <Shape
          sceneFunc={(context) => drawGrid(context, view, label, colours.labelGrid)}
          perfectDrawEnabled={false}
        />
      )}
      {picture !== null && raster !== null && (
        <Image
          x={ox}
          y={oy}
          width={(picture.width / dots) * zoom}
          height={(picture.height / dots) * zoom}
          image={picture}
          globalCompositeOperation="multiply"
        />
      )}
      {waiting.map((one) => (
        <Awaited key={one.id} element={one} view={view} colour={colours.labelGuide} />
      ))}
      <Rect
        x={ox + 0.5}
        y={oy + 0.5}
        width={width - 1}
        height={height - 1}
        stroke={colours.borderSoft}
        strokeWidth={1}
        cornerRadius={radius}
      />
    </Layer>
  );
}

function rough(element: LabelElement): boolean {
  return !exact(element);
}

function exact(element: LabelElement): boolean {
  return element.kind === 'line' || element.kind === 'rect' || element.kind === 'ellipse';
}

/** What has no picture yet: its place and its name. */
function Awaited({ element, view, colour }: { element: LabelElement; view: View; colour: string }) {
  const box = onScreen(view, element);
  return (
    <>
      <Rect {...box} stroke={colour} strokeWidth={1} dash={[4, 3]} opacity={0.7} />
      <Text
        {...box}
        text={element.name}
        fill={colour}
        fontSize={Math.max(8, Math.min(14, box.height * 0.6))}
        align="center"
        verticalAlign="middle"
        ellipsis
        wrap="none"
      />
    </>
  );
}

/** A box in mm as Konva wants it. */
export function onScreen(view: View, box: Box) {
  return {
    x: view.ox + box.x * view.zoom,
    y: view.oy + box.y * view.zoom,
    width: box.w * view.zoom,
    height: box.h * view.zoom,
  };
}

function drawGrid(context: Context, view: View, label: Template, colour: string): void {
  const step = view.zoom >= 12 ? 1 : view.zoom >= 4 ? 5 : 10;
  context.beginPath();
  for (let x = step; x < label.width_mm; x += step) {
    const at = Math.round(view.ox + x * view.zoom) + 0.5;
    context.moveTo(at, view.oy);
    context.lineTo(at, view.oy + label.height_mm * view.zoom);
  }
  for (let y = step; y < label.height_mm; y += step) {
    const at = Math.round(view.oy + y * view.zoom) + 0.5;
    context.moveTo(view.ox, at);
    context.lineTo(view.ox + label.width_mm * view.zoom, at);
  }
  context.setAttr('strokeStyle', colour);
  context.setAttr('lineWidth', 1);
  context.stroke();
}

/** The server's picture with everything where it is now. */
function composed(raster: Raster, label: Template): HTMLCanvasElement {
  const scale = DOTS_PER_MM[raster.dpi];
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(label.width_mm * scale));
  canvas.height = Math.max(1, Math.round(label.height_mm * scale));
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.imageSmoothingEnabled = false;
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(raster.image, 0, 0);
  const dots = (box: Box) =>
    [
      Math.round(box.x * scale),
      Math.round(box.y * scale),
      Math.round(box.w * scale),
      Math.round(box.h * scale),
    ] as const;
  const work = patchwork(label, raster.template);
  for (const box of work.wipe) context.fillRect(...dots(box));
  context.globalCompositeOperation = 'multiply';
  for (const { from, to } of work.carry) {
    const [fx, fy, fw, fh] = dots(from);
    if (fw > 0 && fh > 0) context.drawImage(raster.image, fx, fy, fw, fh, ...dots(to));
  }
  context.fillStyle = 'black';
  for (const one of work.draw.filter(exact)) drawExact(context, one, dots(one), scale);
  return canvas;
}

function drawExact(
  context: CanvasRenderingContext2D,
  element: LabelElement,
  [x, y, w, h]: readonly [number, number, number, number],
  scale: number,
): void {
  const thick = Math.max(1, Math.round((Number(element['thickness']) || 0.25) * scale));
  context.beginPath();
  if (element.kind === 'ellipse') context.ellipse(x + w / 2, y + h / 2, w / 2, h / 2, 0, 0, 2 * Math.PI);
  else if (element.kind === 'line') {
    if (h <= thick * 2) context.rect(x, y, w, thick);
    else context.rect(x, y, w <= thick * 2 ? thick : 0, h);
    context.fill();
    return;
  } else context.rect(x, y, w, h);
  if (element['fill'] === true) {
    context.fill();
    return;
  }
  context.save();
  context.clip();
  context.lineWidth = 2 * thick;
  context.stroke();
  context.restore();
}
