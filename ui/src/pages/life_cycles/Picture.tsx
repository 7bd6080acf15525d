import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { StateDot } from '../../components/StateDot';
import type { Drawing, Row } from './calls';
import { birthOf } from './drawing';
import type { Bundle, Edge, Node } from './layout';
import { BOX, curve, layOut, placeLabels } from './layout';
import type { Spot } from './spot';
import { useNames } from './useNames';

interface PictureProps {
  drawing: Drawing;
  rows: Row[];
  /** What is looked at in the matrix or in the picture. */
  spot: Spot;
  onSpot: (spot: Spot) => void;
  onOpen: (state: string) => void;
}

/** The life cycle as a picture: who has the item from top to bottom, time from left to right. */
export function Picture({ drawing, rows, spot, onSpot, onOpen }: PictureProps) {
  const { t, i18n } = useTranslation();
  const names = useNames(drawing, rows);
  const picture = useMemo(() => layOut(drawing, rows), [drawing, rows]);
  const busy = spot.operation !== undefined || spot.state !== undefined;
  const lit = (operations: string[], from: string[], to: string) =>
    (spot.operation === undefined || operations.includes(spot.operation)) &&
    (spot.state === undefined || from.includes(spot.state) || to === spot.state);

  const edges = picture.edges.map((edge) => ({
    edge,
    on: busy && lit(edge.operations, [edge.from], edge.to),
  }));
  const bundles = picture.bundles.map((one) => ({ one, on: busy && lit([one.operation], one.from, one.to) }));
  const label = (operations: string[]) => {
    const shown = spot.operation !== undefined ? [spot.operation] : operations;
    const words = [...new Set(shown.map(names.short))];
    const between = i18n.language === 'en' ? ', ' : '、';
    return words.length > 2 ? `${words.slice(0, 2).join(between)}…` : words.join(between);
  };
  const labels = labelled(
    edges
      .filter(({ edge, on }) => (busy ? on : edge.main))
      .map(({ edge, on }) => ({ edge, on, text: label(edge.operations) })),
    picture.nodes,
  );
  const touched = new Set(
    [
      ...edges.filter(({ on }) => on).flatMap(({ edge }) => [edge.from, edge.to]),
      ...bundles.filter(({ on }) => on).map(({ one }) => one.to),
      spot.state,
    ].filter((code) => code !== undefined),
  );
  return (
    <svg
      className={busy ? 'lc-picture lc-busy' : 'lc-picture'}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="img"
      aria-label={t('life_cycles.picture')}
      onPointerLeave={() => onSpot({})}
    >
      <Heads />
      {picture.lanes.map((lane, index) => (
        <g key={lane.group}>
          <rect
            className={index % 2 === 0 ? 'lc-lane' : 'lc-lane lc-lane-odd'}
            x={0}
            y={lane.y}
            width={picture.width}
            height={lane.height}
          />
          <text className="lc-lane-name" x={12} y={lane.y + 22}>
            {t(`life_cycles.group.${lane.group}`)}
          </text>
        </g>
      ))}
      {edges.map(({ edge, on }) => (
        <Arrow
          key={`${edge.from} ${edge.to}`}
          edge={edge}
          nodes={picture.nodes}
          on={on}
          quiet={busy && !on}
        />
      ))}
      {bundles.map(({ one, on }) => (
        <Stub
          key={`${one.operation} ${one.to}`}
          bundle={one}
          all={picture.bundles}
          nodes={picture.nodes}
          on={on}
          quiet={busy && !on}
          text={`${names.short(one.operation)} ${t('life_cycles.fromMany', { count: one.from.length })}`}
        />
      ))}
      {labels.map(({ key, text, on, point }) => (
        <text key={key} className={on ? 'lc-label lc-label-on' : 'lc-label'} x={point.x} y={point.y + 4}>
          {text}
        </text>
      ))}
      {[...picture.nodes.values()].map((node) => (
        <Box
          key={node.state.code}
          node={node}
          name={names.state(node.state.code)}
          birth={node.state.code === birthOf(drawing)}
          on={spot.state === node.state.code}
          quiet={busy && !touched.has(node.state.code)}
          onSpot={onSpot}
          onOpen={onOpen}
        />
      ))}
    </svg>
  );
}

interface Labelled {
  edge: Edge;
  on: boolean;
  text: string;
}

function labelled(wanted: Labelled[], nodes: Map<string, Node>) {
  const ways = wanted.flatMap(({ edge, on, text }) => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    return [{ key: `${edge.from} ${edge.to}`, on, text, curve: curve(from, to) }];
  });
  const places = placeLabels(ways, nodes.values());
  return ways.map((way) => ({ ...way, point: places.get(way.key) ?? way.curve.at(0.5) }));
}

function Heads() {
  return (
    <defs>
      {['', '-main', '-on'].map((kind) => (
        <marker
          key={kind}
          id={`lc-head${kind}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          markerUnits="userSpaceOnUse"
          orient="auto-start-reverse"
        >
          <path className={`lc-head${kind}`} d="M0 0L8 4L0 8z" />
        </marker>
      ))}
    </defs>
  );
}

function Arrow({
  edge,
  nodes,
  on,
  quiet,
}: {
  edge: Edge;
  nodes: Map<string, Node>;
  on: boolean;
  quiet: boolean;
}) {
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
  if (from === undefined || to === undefined) return null;
  const kind = on ? '-on' : edge.main && !quiet ? '-main' : '';
  return (
    <path
      className={`lc-edge lc-edge${kind} ${quiet ? 'lc-quiet' : ''}`}
      d={curve(from, to).path}
      markerEnd={`url(#lc-head${kind})`}
    />
  );
}

interface StubProps {
  bundle: Bundle;
  all: Bundle[];
  nodes: Map<string, Node>;
  on: boolean;
  quiet: boolean;
  text: string;
}

/** A short arrow from above, standing for arrows from nearly every state. */
function Stub({ bundle, all, nodes, on, quiet, text }: StubProps) {
  const node = nodes.get(bundle.to);
  if (node === undefined) return null;
  const same = all.filter((other) => other.to === bundle.to);
  const x = node.x + (same.indexOf(bundle) - (same.length - 1) / 2) * 30;
  const top = node.y - BOX.height / 2;
  const kind = on ? '-on' : '';
  return (
    <g className={quiet ? 'lc-quiet' : undefined}>
      <path
        className={`lc-edge lc-edge${kind}`}
        d={`M${x} ${top - 18}V${top - 2}`}
        markerEnd={`url(#lc-head${kind})`}
      />
      <text className={on ? 'lc-label lc-label-on' : 'lc-label'} x={x} y={top - 22}>
        {text}
      </text>
    </g>
  );
}

interface BoxProps {
  node: Node;
  name: string;
  birth: boolean;
  on: boolean;
  quiet: boolean;
  onSpot: (spot: Spot) => void;
  onOpen: (state: string) => void;
}

function Box({ node, name, birth, on, quiet, onSpot, onOpen }: BoxProps) {
  const { t } = useTranslation();
  const { state } = node;
  const kind = [on && 'lc-box-on', birth && 'lc-box-birth', state.end && 'lc-box-end', quiet && 'lc-quiet'];
  return (
    <foreignObject
      x={node.x - BOX.width / 2}
      y={node.y - BOX.height / 2}
      width={BOX.width}
      height={BOX.height}
      onPointerEnter={() => onSpot({ state: state.code })}
    >
      <button
        type="button"
        className={['lc-box', ...kind].filter(Boolean).join(' ')}
        onClick={() => onOpen(state.code)}
        onFocus={() => onSpot({ state: state.code })}
        onBlur={() => onSpot({})}
        title={birth ? t('life_cycles.isBirth') : state.end ? t('life_cycles.isEnd') : undefined}
      >
        <StateDot state={state.code} look={state} name={name} />
      </button>
    </foreignObject>
  );
}
