import type { FlowNode, Spot } from './tree';
import { innerOf, isColumn } from './tree';

/** Measures of the drawing in pixels at 100 %. */
export const SIZE = {
  card: { width: 220, height: 90 },
  column: { width: 220, height: 66 },
  pill: { width: 116, height: 32 },
  end: { width: 60, height: 28 },
  plus: 26,
  /** Between two things that follow one another; the round + stands in its middle. */
  gap: 46,
  /** Between the pill of a block and its ways, and between the longest way and where they join. */
  drop: 28,
  join: 16,
  /** Between two ways. */
  between: 72,
} as const;

/** Something that stands on the canvas, with its upper left corner. */
export interface Placed {
  key: string;
  what: 'card' | 'column' | 'pill' | 'plus' | 'end';
  x: number;
  y: number;
  width: number;
  height: number;
  /** What it draws; of a + the node that something would be put into. */
  node: FlowNode;
  /** Of a +: where what is added goes. */
  spot?: Spot;
  /** Of a way: which it is of how many. */
  place?: { at: number; of: number };
}

/** A line, as corners. */
export interface Line {
  key: string;
  points: [x: number, y: number][];
  /** The nodes that a flow passes by on it: what it comes from and what it goes to. */
  from: string;
  to: string | null;
}

/** A drawn flow. */
export interface Drawing {
  placed: Placed[];
  lines: Line[];
  width: number;
  height: number;
}

interface Extent {
  width: number;
  height: number;
}

/** Where everything of a flow stands: one column, centred, ways of a block side by side. */
export function drawn(root: FlowNode): Drawing {
  const drawing = new Layout();
  const { width, height } = drawing.sequence(root, true);
  drawing.place(root, width / 2);
  return { placed: drawing.placed, lines: drawing.lines, width, height };
}

/** Whether nothing comes after a sequence: its last node ends the flow. */
const ends = (node: FlowNode): boolean => node.children.at(-1)?.kind === 'end';

class Layout {
  readonly placed: Placed[] = [];
  readonly lines: Line[] = [];
  private readonly extents = new Map<string, Extent>();

  /** How much room the head of a sequence and what follows it take. */
  sequence(node: FlowNode, root = false): Extent {
    const known = this.extents.get(node.id);
    if (known !== undefined) return known;
    const head = root ? SIZE.card : SIZE.column;
    let [width, height]: [number, number] = [head.width, head.height];
    for (const child of node.children) {
      const one = this.one(child);
      width = Math.max(width, one.width);
      height += SIZE.gap + one.height;
    }
    if (!ends(node)) height += SIZE.gap;
    if (root) height += ends(node) ? 0 : SIZE.end.height;
    const found = { width, height };
    this.extents.set(node.id, found);
    return found;
  }

  private one(node: FlowNode): Extent {
    if (innerOf(node.kind) === undefined) return SIZE.card;
    const ways = node.children.map((child) => this.sequence(child));
    const width = ways.reduce((sum, way) => sum + way.width, 0) + SIZE.between * Math.max(0, ways.length - 1);
    const tallest = Math.max(0, ...ways.map((way) => way.height));
    return {
      width: Math.max(width, SIZE.pill.width),
      height: SIZE.pill.height + SIZE.drop + tallest + SIZE.join,
    };
  }

  /** Place the whole flow around a vertical line. */
  place(root: FlowNode, centre: number): void {
    this.box('card', root, centre, 0, SIZE.card);
    const bottom = this.follow(root, centre, SIZE.card.height);
    if (!ends(root)) this.box('end', root, centre, bottom, SIZE.end);
  }

  /** Place what follows the head of a sequence, and return where its last line ends. */
  private follow(owner: FlowNode, centre: number, top: number): number {
    let [y, from] = [top, owner.id];
    owner.children.forEach((child, at) => {
      this.link(owner, centre, y, at, from, child.id);
      y += SIZE.gap;
      const { height } = this.one(child);
      if (innerOf(child.kind) === undefined) this.box('card', child, centre, y, SIZE.card);
      else this.block(child, centre, y);
      y += height;
      from = child.id;
    });
    if (ends(owner)) return y;
    this.link(owner, centre, y, owner.children.length, from, null);
    return y + SIZE.gap;
  }

  private link(
    owner: FlowNode,
    centre: number,
    y: number,
    at: number,
    from: string,
    to: string | null,
  ): void {
    this.lines.push({
      key: `${owner.id}/${at}`,
      points: [
        [centre, y],
        [centre, y + SIZE.gap],
      ],
      from,
      to,
    });
    const half = SIZE.plus / 2;
    this.placed.push({
      key: `plus ${owner.id}/${at}`,
      what: 'plus',
      x: centre - half,
      y: y + SIZE.gap / 2 - half,
      width: SIZE.plus,
      height: SIZE.plus,
      node: owner,
      spot: { parent: owner.id, at },
    });
  }

  private block(node: FlowNode, centre: number, top: number): void {
    this.box('pill', node, centre, top, SIZE.pill);
    const { width, height } = this.one(node);
    const bar = top + SIZE.pill.height / 2;
    const bottom = top + height;
    const heads = top + SIZE.pill.height + SIZE.drop;
    const ways = node.children.map((child) => this.sequence(child));
    const whole = ways.reduce((sum, way) => sum + way.width, 0) + SIZE.between * (ways.length - 1);
    let left = centre - width / 2 + (width - whole) / 2;
    node.children.forEach((child, at) => {
      const own = ways[at] ?? SIZE.column;
      const middle = left + own.width / 2;
      this.lines.push({
        key: `${child.id} in`,
        points: [
          [centre, bar],
          [middle, bar],
          [middle, heads],
        ],
        from: node.id,
        to: child.id,
      });
      this.box('column', child, middle, heads, SIZE.column, { at, of: node.children.length });
      const end = this.follow(child, middle, heads + SIZE.column.height);
      if (!ends(child)) {
        this.lines.push({
          key: `${child.id} out`,
          points: [
            [middle, end],
            [middle, bottom],
            [centre, bottom],
          ],
          from: child.children.at(-1)?.id ?? child.id,
          to: null,
        });
      }
      left += own.width + SIZE.between;
    });
  }

  private box(
    what: Placed['what'],
    node: FlowNode,
    centre: number,
    y: number,
    { width, height }: Extent,
    place?: Placed['place'],
  ): void {
    const x = centre - width / 2;
    this.placed.push({ key: `${what} ${node.id}`, what, x, y, width, height, node, ...(place && { place }) });
  }
}

/** The card, way or pill that draws a node. */
export function placedOf(drawing: Drawing, id: string): Placed | undefined {
  return drawing.placed.find((one) => one.node.id === id && one.what !== 'plus' && one.what !== 'end');
}

/** Smaller than this nobody reads what stands on the cards. */
export const LEGIBLE = 0.75;

/**
 * The part of a canvas in which a drawing is best seen: as a whole where it can be read at `least` that large, else
 * from its top.
 */
export function fitted(
  drawing: Pick<Drawing, 'width' | 'height'>,
  room: { left: number; top: number; width: number; height: number },
  least = 0.5,
): { x: number; y: number; zoom: number } {
  const across = room.width / drawing.width;
  const down = room.height / drawing.height;
  // What is too wide for its room is rather seen as a whole than cut off at both sides.
  // What does not fit even so is cut off anyway, and may as well be read.
  const small = across < 0.5 ? least : Math.min(least, across);
  const zoom = Math.min(1, Math.max(small, Math.min(across, down)));
  const high = drawing.height * zoom;
  return {
    x: room.left + (room.width - drawing.width * zoom) / 2,
    y: room.top + Math.max(0, Math.min(24, (room.height - high) / 2)),
    zoom,
  };
}

/** Whether a node of the drawing belongs to a block. */
export const inBlock = (one: Placed): boolean => one.what === 'pill' || isColumn(one.node.kind);
