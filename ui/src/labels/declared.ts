import type { LabelElement } from './template';

/** What a property takes; `text` holds formulas in braces, `formula` is one formula. */
export type PropertyType =
  | 'text'
  | 'formula'
  | 'field'
  | 'plain'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'choice'
  | 'carrier'
  | 'image'
  | 'columns'
  | 'rows';

/** One property of a kind of element, as the server declares it. */
export interface Property {
  name: string;
  label: string;
  type: PropertyType;
  default: unknown;
  choices: { value: string; label: string }[];
  least: number | null;
  most: number | null;
  unit: string;
  hint: string;
}

/** A kind of element. */
export interface ElementKind {
  name: string;
  label: string;
  group: string;
  properties: Property[];
  example: Record<string, unknown>;
  size_mm: [number, number];
}

/** A kind of barcode and what can be chosen for it. */
export interface CarrierKind {
  name: string;
  label: string;
  group: string;
  options: Property[];
  example: string;
}

/** All that can stand on a label. */
export interface Kinds {
  elements: ElementKind[];
  carriers: CarrierKind[];
}

/** A value that a label can show. */
export interface Field {
  name: string;
  label: string;
  group: string;
  type: string;
  /** Of the sample, where there is one. */
  value: string;
}

/** The value of a property; its default where the element says nothing. */
export function valueOf(element: LabelElement, property: Property): unknown {
  return element[property.name] ?? property.default;
}

/** The declared properties that all of some elements have. */
export function shared(elements: readonly LabelElement[], kinds: Kinds): Property[] {
  const lists = elements.map(
    (one) => kinds.elements.find((kind) => kind.name === one.kind)?.properties ?? [],
  );
  const [first = [], ...rest] = lists;
  return first.filter((property) =>
    rest.every((list) => list.some((other) => other.name === property.name && other.type === property.type)),
  );
}
