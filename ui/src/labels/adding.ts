import type { Box, Point } from './geometry';
import { around, tidy, toDot } from './geometry';
import { boxOf } from './model';
import type { Dpi, LabelElement, Template } from './template';

/** Ids that the label does not use yet. */
export function freshIds(template: Template, count: number): string[] {
  const used = new Set(template.elements.map((one) => one.id));
  const ids: string[] = [];
  for (let number = 1; ids.length < count; number += 1) {
    const id = `e${number}`;
    if (!used.has(id)) ids.push(id);
  }
  return ids;
}

/** A name that no other layer has: 文本, 文本 2, … */
export function freshName(template: Template, wanted: string): string {
  const used = new Set(template.elements.map((one) => one.name));
  if (!used.has(wanted)) return wanted;
  let number = 2;
  while (used.has(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

/** A new element of a kind, where it was dropped; without a place on the first free spot from the top. */
export function fresh(
  template: Template,
  body: Record<string, unknown> & { kind: string; name: string; w: number; h: number },
  at: Point | null,
  dpi: Dpi,
): LabelElement {
  const w = Math.min(body.w, template.width_mm);
  const h = Math.min(body.h, template.height_mm);
  const place = at === null ? freeSpot(template, w, h) : { x: at.x - w / 2, y: at.y - h / 2 };
  return {
    ...body,
    id: freshIds(template, 1)[0] ?? 'e1',
    name: freshName(template, body.name),
    x: toDot(within(place.x, w, template.width_mm), dpi),
    y: toDot(within(place.y, h, template.height_mm), dpi),
    w: tidy(w),
    h: tidy(h),
    rotation: 0,
    hidden: false,
    locked: false,
  };
}

function within(at: number, size: number, whole: number): number {
  return Math.max(0, Math.min(at, whole - size));
}

/** The highest place where a box covers nothing; the middle of the label where there is none. */
function freeSpot(template: Template, w: number, h: number): Point {
  const margin = 2;
  const taken = template.elements.filter(
    (one) => !one.hidden && one.kind !== 'rect' && one.kind !== 'ellipse',
  );
  for (let y = margin; y + h <= template.height_mm - 1; y += 1) {
    for (let x = margin; x + w <= template.width_mm - 1; x += 2) {
      if (taken.every((one) => clear(one, { x, y, w, h }))) return { x, y };
    }
  }
  return { x: (template.width_mm - w) / 2, y: (template.height_mm - h) / 2 };
}

function clear(a: Box, b: Box): boolean {
  const gap = 0.5;
  return a.x + a.w + gap <= b.x || b.x + b.w + gap <= a.x || a.y + a.h + gap <= b.y || b.y + b.h + gap <= a.y;
}

const CLIPBOARD = 'mazhi.labels.clipboard';

/** Remember elements for pasting, in this label or another one. */
export function putClipboard(elements: readonly LabelElement[]): void {
  if (elements.length > 0) localStorage.setItem(CLIPBOARD, JSON.stringify(elements));
}

/** What was copied last. */
export function clipboard(): LabelElement[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(CLIPBOARD) ?? '[]');
    return Array.isArray(found) ? (found as LabelElement[]) : [];
  } catch {
    return [];
  }
}

const STEP = 2;

/** Copies with ids of their own, a little beside the originals or beside what lies there already; never off the label. */
export function copies(template: Template, elements: readonly LabelElement[]): LabelElement[] {
  const ids = freshIds(template, elements.length);
  const frame = around(elements.map(boxOf));
  if (frame === null) return [];
  let shift = STEP;
  const taken = (by: number) =>
    template.elements.some((one) =>
      elements.some((copied) => one.x === tidy(copied.x + by) && one.y === tidy(copied.y + by)),
    );
  while (taken(shift) && shift < 20) shift += STEP;
  const dx = Math.max(-frame.x, Math.min(shift, template.width_mm - frame.x - Math.min(frame.w, 2)));
  const dy = Math.max(-frame.y, Math.min(shift, template.height_mm - frame.y - Math.min(frame.h, 2)));
  const names = new Set(template.elements.map((one) => one.name));
  return elements.map((one, index) => {
    let name = one.name;
    for (let number = 2; names.has(name); number += 1) name = `${one.name.replace(/ \d+$/, '')} ${number}`;
    names.add(name);
    return {
      ...one,
      id: ids[index] ?? one.id,
      name,
      x: tidy(one.x + dx),
      y: tidy(one.y + dy),
      locked: false,
    };
  });
}
