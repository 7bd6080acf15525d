import type { Node, Viewport } from '@xyflow/react';
import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  useReactFlow,
  ViewportPortal,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import type { Drawing, Placed } from '../../flowdesigner/layout';
import { drawn, fitted, LEGIBLE, placedOf } from '../../flowdesigner/layout';
import { Card } from './Card';
import { Checks } from './Checks';
import { Column } from './Column';
import { useDesk } from './desk';
import { Pill } from './Pill';
import { Plus } from './Plus';
import { passedLine } from './trial';
import type { Saving } from './useSaving';
import { Zoom } from './Zoom';

type Standing = Node<{ placed: Placed }>;

const NODES = {
  card: ({ data }: { data: Standing['data'] }) => <Card placed={data.placed} />,
  column: ({ data }: { data: Standing['data'] }) => <Column placed={data.placed} />,
  pill: ({ data }: { data: Standing['data'] }) => <Pill placed={data.placed} />,
  plus: ({ data }: { data: Standing['data'] }) => <Plus placed={data.placed} />,
  end: () => <End />,
};

/** Room at the left that the panel of checks takes, and around the drawing. */
const PANEL = 288;
const EDGE = 24;

interface CanvasProps {
  saving: Saving;
  onLeaveTrial: () => void;
  onHelp: () => void;
}

/** The drawing: pan with the mouse or the wheel, zoom with Ctrl and the wheel or with two fingers. */
export function Canvas({ saving, onLeaveTrial, onHelp }: CanvasProps) {
  const { t } = useTranslation();
  const { board, dispatch, kinds, moving, setMoving, tried } = useDesk();
  const phone = useIsPhone();
  const { setViewport } = useReactFlow();
  const around = useRef<HTMLElement>(null);
  const drawing = useMemo(() => drawn(board.present), [board.present]);
  const nodes = useMemo(
    () =>
      drawing.placed.map((placed): Standing => ({
        id: placed.key,
        type: placed.what,
        // The middle line stays where it is, however wide the drawing becomes.
        position: { x: placed.x - drawing.width / 2, y: placed.y },
        width: placed.width,
        height: placed.height,
        data: { placed },
      })),
    [drawing],
  );
  const fit = useCallback(
    (duration = 200, least = 0.5) =>
      void setViewport(best(drawing, around.current, phone, least), { duration }),
    [drawing, phone, setViewport],
  );
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    fit(0, LEGIBLE);
  }, [fit]);
  useIntoView(drawing, around);
  const panAtEdge = usePanAtEdge(around);
  return (
    <main
      ref={around}
      className={moving === null ? 'fw-canvas' : 'fw-canvas fw-moving'}
      aria-label={t('flowdesigner.canvas')}
      onDragOver={panAtEdge}
    >
      <ReactFlow<Standing>
        nodes={nodes}
        nodeTypes={NODES}
        minZoom={0.5}
        maxZoom={3}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        panOnScroll
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
        onPaneClick={() => {
          dispatch({ do: 'select', id: null });
          setMoving(null);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={2.4} color="var(--border-soft)" />
        <ViewportPortal>
          <svg
            className="fw-lines"
            width={drawing.width}
            height={drawing.height}
            style={{ left: -drawing.width / 2 }}
            aria-hidden="true"
          >
            {drawing.lines.map(({ key, points, from, to }) => (
              <polyline
                key={key}
                points={points.map((point) => point.join(',')).join(' ')}
                className={tried !== null && passedLine(tried, board.present, from, to) ? 'fw-passed' : ''}
              />
            ))}
          </svg>
        </ViewportPortal>
        {!phone && (
          <MiniMap<Standing>
            className="fw-map"
            style={{ width: 132, height: 116 }}
            ariaLabel={t('flowdesigner.map')}
            position="bottom-left"
            offsetScale={2}
            pannable
            zoomable
            nodeBorderRadius={4}
            nodeColor={({ data: { placed } }) =>
              placed.what === 'plus' || placed.what === 'pill'
                ? 'transparent'
                : (kinds.get(placed.node.kind)?.colour ?? 'var(--border)')
            }
            maskColor="transparent"
            maskStrokeColor="var(--ink)"
            maskStrokeWidth={1.5}
          />
        )}
      </ReactFlow>
      {board.present.children.length === 0 && <Empty />}
      <Checks saving={saving} onLeaveTrial={onLeaveTrial} />
      <Zoom onFit={() => fit()} onHelp={onHelp} />
      {moving !== null && (
        <p className="fw-moving-note" role="status">
          {t('flowdesigner.moveWhere')}
          <button type="button" className="fw-link" onClick={() => setMoving(null)}>
            {t('cancel')}
          </button>
        </p>
      )}
    </main>
  );
}

/** How near to the upper or lower edge the drawing begins to run, and how far each time. */
const RUNS = { within: 64, by: 14 };

/** What is dragged to the edge of the canvas goes on beyond it: the drawing runs along. */
function usePanAtEdge(around: React.RefObject<HTMLElement | null>): (event: React.DragEvent) => void {
  const { getViewport, setViewport } = useReactFlow();
  return (event) => {
    const box = around.current?.getBoundingClientRect();
    if (box === undefined) return;
    const dy =
      event.clientY < box.top + RUNS.within
        ? RUNS.by
        : event.clientY > box.bottom - RUNS.within
          ? -RUNS.by
          : 0;
    if (dy === 0) return;
    const { x, y, zoom } = getViewport();
    void setViewport({ x, y: y + dy, zoom });
  };
}

function best(drawing: Drawing, around: HTMLElement | null, phone: boolean, least: number): Viewport {
  const { width = 1000, height = 800 } = around?.getBoundingClientRect() ?? {};
  const panel = phone ? 0 : PANEL;
  // The panel lies beside the drawing while there is room for both.
  const left = width - panel >= Math.min(drawing.width * 0.5, 640) + 2 * EDGE ? panel : 0;
  const top = phone ? 64 : 0;
  const room = {
    left: left + EDGE,
    top: top + EDGE,
    width: width - left - 2 * EDGE,
    height: height - top - 2 * EDGE,
  };
  const view = fitted(drawing, room, least);
  const wide = drawing.width * view.zoom;
  // In the middle of the whole canvas, where the panel leaves it.
  const x = left === 0 ? view.x : Math.max(left + EDGE, (width - wide) / 2);
  return { ...view, x: x + wide / 2 };
}

/** What is selected is brought into view where it is not. */
function useIntoView(drawing: Drawing, around: React.RefObject<HTMLElement | null>): void {
  const { board } = useDesk();
  const { getViewport, setViewport } = useReactFlow();
  const { selected } = board;
  const latest = useRef(drawing);
  useEffect(() => {
    latest.current = drawing;
  });
  useEffect(() => {
    if (selected === null) return;
    // The settings beside the canvas take their room first.
    const timer = setTimeout(() => {
      const one = placedOf(latest.current, selected);
      const box = around.current?.getBoundingClientRect();
      if (one === undefined || box === undefined || box.width === 0) return;
      const { x, y, zoom } = getViewport();
      const [left, top] = [(one.x - latest.current.width / 2) * zoom + x, one.y * zoom + y];
      const [right, bottom] = [left + one.width * zoom, top + one.height * zoom];
      const dx = left < EDGE ? EDGE - left : right > box.width - EDGE ? box.width - EDGE - right : 0;
      const dy = top < EDGE ? EDGE - top : bottom > box.height - EDGE ? box.height - EDGE - bottom : 0;
      if (dx !== 0 || dy !== 0) void setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 160 });
    }, 30);
    return () => clearTimeout(timer);
  }, [selected, around, getViewport, setViewport]);
}

/** What to do next where nothing is drawn yet. */
function Empty() {
  const { t } = useTranslation();
  const { board, adding, setAdding } = useDesk();
  if (adding !== null) return null;
  return (
    <section className="fw-empty">
      <h2>{t('flowdesigner.emptyTitle')}</h2>
      <p>{t('flowdesigner.emptyHow')}</p>
      <Button type="primary" onClick={() => setAdding({ parent: board.present.id, at: 0 })}>
        {t('flowdesigner.emptyAdd')}
      </Button>
    </section>
  );
}

function End() {
  const { t } = useTranslation();
  return (
    <div className="fw-end">
      <Icon name="flag" size={12} />
      {t('flowdesigner.end')}
    </div>
  );
}
