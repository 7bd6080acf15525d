import { useTranslation } from 'react-i18next';
import { Circle, Group, Label, Layer, Line, Rect, Tag, Text } from 'react-konva';
import type { Box } from '../../labels/geometry';
import { around, HANDLES, tidy } from '../../labels/geometry';
import { boxOf, selectedOf } from '../../labels/model';
import type { Guide } from '../../labels/snapping';
import { useMode } from '../../shell/mode';
import type { Palette } from '../../theme';
import { palettes } from '../../theme';
import { useDesk } from './desk';
import { onScreen } from './Paper';
import type { Doing } from './usePointer';
import { handleAt } from './usePointer';
import type { View } from './useView';

/** All that is drawn above the label and not printed: warnings, selection, handles, guides. */
export function Overlay({ view, doing }: { view: View; doing: Doing }) {
  const { board, may } = useDesk();
  const colours = palettes[useMode()];
  const chosen = selectedOf(board).filter((one) => !one.hidden);
  const frame = around(chosen.map(boxOf));
  const fixed = !may || chosen.every((one) => one.locked);
  return (
    <Layer listening={false}>
      <Warnings view={view} colours={colours} />
      {chosen.map((one) => (
        <Group key={one.id}>
          {one.kind === 'barcode' && (
            <Rect {...onScreen(view, one)} fill={colours.labelGuide} opacity={0.12} />
          )}
          <Rect
            {...onScreen(view, one)}
            stroke={colours.labelGuide}
            strokeWidth={chosen.length > 1 ? 1 : 1.5}
            dash={one.locked ? [4, 3] : []}
          />
        </Group>
      ))}
      {frame !== null && chosen.length > 1 && (
        <Rect {...onScreen(view, frame)} stroke={colours.labelGuide} strokeWidth={1} dash={[5, 4]} />
      )}
      {frame !== null && !fixed && <Handles view={view} box={frame} colours={colours} />}
      {doing.guides.map((guide, index) => (
        <GuideLine key={index} guide={guide} view={view} colours={colours} />
      ))}
      {doing.busy !== null && frame !== null && (
        <Millimetres view={view} box={frame} busy={doing.busy} colours={colours} />
      )}
      {doing.marquee !== null && (
        <>
          <Rect {...onScreen(view, doing.marquee)} fill={colours.labelGuide} opacity={0.1} />
          <Rect {...onScreen(view, doing.marquee)} stroke={colours.labelGuide} strokeWidth={1} />
        </>
      )}
    </Layer>
  );
}

const SIZE = 8;

function Handles({ view, box, colours }: { view: View; box: Box; colours: Palette }) {
  return HANDLES.map((handle) => {
    const small = handle.length === 1 && (handle === 'n' || handle === 's' ? box.w : box.h) * view.zoom < 24;
    if (small) return null;
    const place = handleAt(box, handle);
    return (
      <Rect
        key={handle}
        x={view.ox + place.x * view.zoom - SIZE / 2}
        y={view.oy + place.y * view.zoom - SIZE / 2}
        width={SIZE}
        height={SIZE}
        fill={colours.labelPaper}
        stroke={colours.labelGuide}
        strokeWidth={1.5}
        cornerRadius={1}
      />
    );
  });
}

function GuideLine({ guide, view, colours }: { guide: Guide; view: View; colours: Palette }) {
  const { t } = useTranslation();
  const along = guide.axis === 'x';
  const at = (along ? view.ox : view.oy) + guide.at * view.zoom;
  const from = (along ? view.oy : view.ox) + guide.from * view.zoom - 12;
  const to = (along ? view.oy : view.ox) + guide.to * view.zoom + 12;
  return (
    <>
      <Line
        points={along ? [at, from, at, to] : [from, at, to, at]}
        stroke={colours.labelGuide}
        strokeWidth={1}
        dash={[4, 3]}
      />
      {guide.centre !== null && (
        <Label x={along ? at : from} y={along ? from : at} offsetX={along ? 18 : 0} offsetY={10}>
          <Tag fill={colours.labelGuide} cornerRadius={4} />
          <Text
            text={t(guide.centre === 'page' ? 'labels.centred' : 'labels.levelled')}
            fill={colours.labelPaper}
            fontSize={12}
            padding={4}
          />
        </Label>
      )}
    </>
  );
}

function Millimetres({
  view,
  box,
  busy,
  colours,
}: {
  view: View;
  box: Box;
  busy: 'move' | 'resize';
  colours: Palette;
}) {
  const text = busy === 'move' ? `${tidy(box.x)}, ${tidy(box.y)} mm` : `${tidy(box.w)} × ${tidy(box.h)} mm`;
  const place = onScreen(view, box);
  return (
    <Label x={place.x + place.width / 2} y={place.y + place.height + 10} offsetX={text.length * 3.2 + 6}>
      <Tag fill={colours.text} cornerRadius={4} opacity={0.9} />
      <Text text={text} fill={colours.card} fontSize={12} padding={5} />
    </Label>
  );
}

/** Each warning's element framed, with the number that the list of checks gives it. */
function Warnings({ view, colours }: { view: View; colours: Palette }) {
  const { board, raster } = useDesk();
  return (raster?.checks ?? []).map((check, index) => {
    const element = board.present.elements.find((one) => one.id === check.element);
    if (element === undefined || element.hidden) return null;
    const box = onScreen(view, element);
    const colour = check.blocking ? colours.wrong : colours.labelBadge;
    return (
      <Group key={index}>
        <Rect {...box} stroke={colour} strokeWidth={1.5} dash={[5, 3]} />
        <Circle x={box.x} y={box.y + Math.min(box.height / 2, 10)} radius={9} fill={colour} />
        <Text
          x={box.x - 9}
          y={box.y + Math.min(box.height / 2, 10) - 6}
          width={18}
          align="center"
          text={`${index + 1}`}
          fontSize={12}
          fontStyle="bold"
          fill={colours.labelPaper}
        />
      </Group>
    );
  });
}
