import type { Answer } from '../../api/whole';
import { http } from '../../api/http';

/** One version of a bill of materials (物料清单). */
export type Bom = Answer<'BomOut'>;

/** One line as the editor holds it. */
export interface BomLine {
  id: number;
  component: string;
  quantity: number | null;
  substitutes: string[];
  note: string;
}

const path = (product: string) => `/products/${encodeURIComponent(product)}/bom`;

export const getBom = (product: string, version: number | undefined, signal?: AbortSignal) =>
  http.get<Bom>(path(product), { version }, signal);

export const listBomVersions = (product: string, signal?: AbortSignal) =>
  http.get<Answer<'BomVersions'>>(`${path(product)}/versions`, undefined, signal);

export const putBom = (product: string, base: number, lines: BomLine[], note: string) =>
  http.put<Bom>(path(product), {
    base,
    note,
    lines: lines.map(({ component, quantity, substitutes, note: remark }) => ({
      component,
      quantity: quantity ?? 0,
      substitutes,
      note: remark,
    })),
  });

/** The lines of a version, ready to be changed. */
export const linesOf = (bom: Bom | undefined): BomLine[] =>
  (bom?.lines ?? []).map((line, index) => ({ id: index + 1, ...line }));

/** Whether a line can be published. */
export const isReady = (line: BomLine): boolean => line.component !== '' && (line.quantity ?? 0) > 0;

/** What publishing changes, in words: added, changed, removed components. */
export function changesOf(before: BomLine[], after: BomLine[]) {
  const old = new Map(before.map((line) => [line.component, line]));
  const now = new Set(after.map((line) => line.component));
  const same = (a: BomLine, b: BomLine) =>
    a.quantity === b.quantity && a.substitutes.join('\n') === b.substitutes.join('\n') && a.note === b.note;
  return {
    added: after.filter((line) => !old.has(line.component)).length,
    changed: after.filter((line) => {
      const was = old.get(line.component);
      return was !== undefined && !same(was, line);
    }).length,
    removed: before.filter((line) => !now.has(line.component)).length,
  };
}
