/** Degrees clockwise. */
export type Rotation = 0 | 90 | 180 | 270;

/** One thing on a label. What its kind adds stands beside these, under the names that the kind declares. */
export interface LabelElement {
  id: string;
  kind: string;
  name: string;
  /** Left edge in mm; the box is what the element covers on the label, however it is turned. */
  x: number;
  y: number;
  w: number;
  h: number;
  rotation: Rotation;
  hidden: boolean;
  locked: boolean;
  [property: string]: unknown;
}

/** Several labels on one sheet of paper. */
export interface Sheet {
  paper: string;
  width_mm: number;
  height_mm: number;
  rows: number;
  columns: number;
  left_mm: number;
  top_mm: number;
  gap_x_mm: number;
  gap_y_mm: number;
}

/** What the printer is told. */
export interface Printing {
  darkness: number | null;
  speed: number | null;
  cut: 'none' | 'each' | 'end';
  peel: boolean;
  rotate: 0 | 180;
}

/** A label, drawn in millimetres; the order of its elements is the order of its layers, from the lowest. */
export interface Template {
  format: number;
  width_mm: number;
  height_mm: number;
  gap_mm: number;
  sheet: Sheet | null;
  printing: Printing;
  elements: LabelElement[];
}

/** The resolutions of print heads. */
export const RESOLUTIONS = [203, 300, 600] as const;

/** Dots an inch. */
export type Dpi = (typeof RESOLUTIONS)[number];

/** Dots a millimetre; a "203 dpi" head has exactly eight. */
export const DOTS_PER_MM: Record<Dpi, number> = { 203: 8, 300: 300 / 25.4, 600: 600 / 25.4 };

/** An empty label of a size. */
export function blank(width: number, height: number): Template {
  return {
    format: 1,
    width_mm: width,
    height_mm: height,
    gap_mm: 2,
    sheet: null,
    printing: { darkness: null, speed: null, cut: 'none', peel: false, rotate: 0 },
    elements: [],
  };
}

/** The sizes that labels usually have, in mm. */
export const USUAL_SIZES: readonly (readonly [number, number])[] = [
  [60, 40],
  [40, 30],
  [50, 30],
  [70, 50],
  [80, 60],
  [100, 50],
  [100, 70],
  [100, 100],
  [100, 150],
  [30, 20],
];

/** A template as it was written, perhaps by hand and perhaps half finished, with all that the board counts on. */
export function complete(written: Partial<Template>): Template {
  const empty = blank(number(written.width_mm, 60), number(written.height_mm, 40));
  const elements = Array.isArray(written.elements) ? written.elements : [];
  return {
    ...empty,
    ...written,
    width_mm: empty.width_mm,
    height_mm: empty.height_mm,
    gap_mm: number(written.gap_mm, empty.gap_mm),
    sheet: written.sheet ? { ...ONE_SHEET, ...written.sheet } : null,
    printing: { ...empty.printing, ...written.printing },
    elements: elements.map((one: Partial<LabelElement>, index) => ({
      ...one,
      id: one.id ?? `e${index + 1}`,
      kind: one.kind ?? 'text',
      name: one.name ?? '',
      x: number(one.x, 0),
      y: number(one.y, 0),
      w: number(one.w, 10),
      h: number(one.h, 5),
      rotation: one.rotation ?? 0,
      hidden: one.hidden === true,
      locked: one.locked === true,
    })),
  };
}

const ONE_SHEET: Sheet = {
  paper: 'A4',
  width_mm: 210,
  height_mm: 297,
  rows: 1,
  columns: 1,
  left_mm: 0,
  top_mm: 0,
  gap_x_mm: 0,
  gap_y_mm: 0,
};

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}
