import type { Drawing, Row, State } from './calls';
import { GROUPS } from './calls';
import type { Target } from './drawing';
import { ANY, birthOf } from './drawing';

/** Sizes of the picture in its own units; it is scaled to the space that there is. */
export const BOX = { width: 90, height: 32 };
const LANE_LABEL = 64;
const LANE_HEIGHT = 126;
const ROW_HEIGHT = 72;
const GAP = 26;
const PER_ROW = 5;
const NARROWEST = 520;
const WIDEST = LANE_LABEL + PER_ROW * (BOX.width + GAP) + GAP;

/** A state in the picture; x and y are its middle. */
export interface Node {
  state: State;
  x: number;
  y: number;
}

/** All that leads from one state to another. */
export interface Edge {
  from: string;
  to: string;
  operations: string[];
  /** On a shortest way from the birth: what the eye should follow first. */
  main: boolean;
}

/** An operation that leads from nearly everywhere to one state: drawn as one short arrow instead of many. */
export interface Bundle {
  operation: string;
  to: string;
  from: string[];
}

export interface Lane {
  group: (typeof GROUPS)[number];
  y: number;
  height: number;
}

/** The picture of a life cycle. */
export interface Picture {
  nodes: Map<string, Node>;
  edges: Edge[];
  bundles: Bundle[];
  lanes: Lane[];
  width: number;
  height: number;
}

/** Lay a drawing out: a lane for each who may have the item, within it from birth to end. */
export function layOut(drawing: Drawing, rows: Row[]): Picture {
  const { edges, bundles } = connections(drawing, rows);
  const ranks = rank(drawing, edges, bundles);
  const nodes = new Map<string, Node>();
  const lanes: Lane[] = [];
  let y = 0;
  for (const group of GROUPS) {
    const states = drawing.states
      .filter((state) => state.group === group)
      .map((state) => ({ state, rank: ranks.get(state.code) ?? 0 }))
      .sort((a, b) => a.rank - b.rank);
    if (states.length === 0) continue;
    const lines = Math.ceil(states.length / PER_ROW);
    const height = LANE_HEIGHT + (lines - 1) * ROW_HEIGHT;
    lanes.push({ group, y, height });
    for (let line = 0; line < lines; line += 1) {
      const part = states.slice(line * PER_ROW, (line + 1) * PER_ROW);
      // Every other lane is shifted by half a column, so that arrows pass between its boxes.
      const shift = lanes.length % 2 === 0 ? -(BOX.width + GAP) / 2 : 0;
      const xs = spread(part.map(({ rank: column }) => column)).map((x) => x + shift);
      part.forEach(({ state }, place) =>
        nodes.set(state.code, { state, x: xs[place] ?? 0, y: y + LANE_HEIGHT / 2 + line * ROW_HEIGHT }),
      );
    }
    y += height;
  }
  const right = Math.max(...[...nodes.values()].map((node) => node.x + BOX.width / 2 + GAP));
  return { nodes, edges, bundles, lanes, width: Math.max(NARROWEST, Math.min(right, WIDEST)), height: y };
}

/** Places on one line, each at the column of its rank or as near to it as there is room. */
function spread(columns: number[]): number[] {
  const step = BOX.width + GAP;
  const left = LANE_LABEL + GAP + BOX.width / 2;
  const found: number[] = [];
  for (const column of columns) found.push(Math.max(column, (found.at(-1) ?? -1) + 1));
  // Pushed back from the right edge, where there are no more columns.
  let limit = PER_ROW - 1;
  for (let place = found.length - 1; place >= 0; place -= 1) {
    const column = Math.min(found[place] ?? limit, limit);
    found[place] = column;
    limit = column - 1;
  }
  return found.map((column) => left + column * step);
}

function connections(drawing: Drawing, rows: Row[]): { edges: Edge[]; bundles: Bundle[] } {
  const codes = drawing.states.map((state) => state.code);
  const many = Math.max(5, Math.ceil(codes.length * 0.6));
  const bundles: Bundle[] = [];
  const edges = new Map<string, Edge>();
  for (const row of rows) {
    const byTarget = new Map<Target, string[]>();
    for (const move of drawing.operations[row.key] ?? []) {
      const from = move.from.flatMap((code) => (code === ANY ? codes : [code]));
      byTarget.set(move.to, [...(byTarget.get(move.to) ?? []), ...from]);
    }
    for (const [to, from] of byTarget) {
      if (to === null) continue;
      const others = from.filter((code) => code !== to);
      if (others.length >= many) bundles.push({ operation: row.key, to, from: others });
      else for (const code of others) addEdge(edges, code, to, row.key);
    }
  }
  const all = [...edges.values()];
  markMain(all, birthOf(drawing));
  return { edges: all, bundles };
}

function addEdge(edges: Map<string, Edge>, from: string, to: string, operation: string): void {
  const key = `${from} ${to}`;
  const edge = edges.get(key) ?? { from, to, operations: [], main: false };
  edges.set(key, { ...edge, operations: [...edge.operations, operation] });
}

/** Follow the operations themselves from the birth; their second roles only where nothing else leads. */
function markMain(edges: Edge[], birth: string | undefined): void {
  if (birth === undefined) return;
  const seen = new Set([birth]);
  const plain = (edge: Edge) => edge.operations.some((key) => !key.includes(':'));
  for (const follow of [plain, () => true]) {
    const waiting = [...seen];
    for (let code = waiting.shift(); code !== undefined; code = waiting.shift()) {
      for (const edge of edges) {
        if (edge.from !== code || seen.has(edge.to) || !follow(edge)) continue;
        edge.main = true;
        seen.add(edge.to);
        waiting.push(edge.to);
      }
    }
  }
}

/** How many steps a state is away from the birth on the main way. */
function rank(drawing: Drawing, edges: Edge[], bundles: Bundle[]): Map<string, number> {
  const ranks = new Map<string, number>();
  const birth = birthOf(drawing);
  if (birth === undefined) return ranks;
  ranks.set(birth, 0);
  const waiting = [birth];
  for (let code = waiting.shift(); code !== undefined; code = waiting.shift()) {
    for (const edge of edges) {
      if (!edge.main || edge.from !== code || ranks.has(edge.to)) continue;
      ranks.set(edge.to, (ranks.get(code) ?? 0) + 1);
      waiting.push(edge.to);
    }
  }
  for (const { to } of bundles) if (!ranks.has(to)) ranks.set(to, 1);
  return ranks;
}

interface Point {
  x: number;
  y: number;
}

/** The way of an arrow between two boxes. */
export interface Curve {
  path: string;
  /** The point at a part of the way, 0 to 1. */
  at: (part: number) => Point;
}

/** Draw an arrow that bends to its right, so that there and back lie apart. */
export function curve(from: Node, to: Node): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const distance = Math.hypot(dx, dy) || 1;
  const sameLine = Math.abs(dy) < 4;
  const steps = Math.abs(dx) / (BOX.width + GAP);
  const bend = sameLine ? 26 + 20 * Math.max(0, steps - 1) : 10 + distance * 0.07;
  const control = {
    x: (from.x + to.x) / 2 + (-dy / distance) * bend,
    y: (from.y + to.y) / 2 + (dx / distance) * bend,
  };
  const start = leave(from, control);
  const end = leave(to, control);
  const path = `M${round(start.x)} ${round(start.y)}Q${round(control.x)} ${round(control.y)} ${round(end.x)} ${round(end.y)}`;
  const at = (part: number) => {
    const rest = 1 - part;
    const [a, b, c] = [rest * rest, 2 * rest * part, part * part];
    return { x: a * start.x + b * control.x + c * end.x, y: a * start.y + b * control.y + c * end.y };
  };
  return { path, at };
}

const LETTER = 11;
const TRIES = [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75, 0.18, 0.82];

/** Find a place on its arrow for each text, where it covers neither a box nor another text. */
export function placeLabels(
  wanted: { key: string; curve: Curve; text: string }[],
  nodes: Iterable<Node>,
): Map<string, Point> {
  const taken = [...nodes].map(({ x, y }) => ({ x, y, w: BOX.width + 4, h: BOX.height + 2 }));
  const found = new Map<string, Point>();
  for (const one of wanted) {
    const size = { w: widthOf(one.text), h: 15 };
    const free = (point: Point) =>
      taken.every(
        (box) =>
          Math.abs(box.x - point.x) * 2 >= box.w + size.w || Math.abs(box.y - point.y) * 2 >= box.h + size.h,
      );
    const places = TRIES.map((part) => one.curve.at(part));
    const point = places.find(free) ?? one.curve.at(0.5);
    taken.push({ ...point, ...size });
    found.set(one.key, point);
  }
  return found;
}

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + (sign.charCodeAt(0) > 255 ? LETTER : LETTER * 0.56), 4);
}

/** Where the line from a box's middle to a point leaves the box. */
function leave(node: Node, towards: Point): Point {
  const [dx, dy] = [towards.x - node.x, towards.y - node.y];
  const scale = Math.min(
    dx === 0 ? Infinity : (BOX.width / 2 + 2) / Math.abs(dx),
    dy === 0 ? Infinity : (BOX.height / 2 + 2) / Math.abs(dy),
  );
  return { x: node.x + dx * scale, y: node.y + dy * scale };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
