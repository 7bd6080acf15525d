import type { LabelElement } from './template';

/** One property of a kind of element, as the server declares it. */
export interface Property {
  name: string;
  label: string;
  type:
    | 'text'
    | 'number'
    | 'integer'
    | 'boolean'
    | 'choice'
    | 'field'
    | 'formula'
    | 'image'
    | 'value'
    | 'rows'
    | 'columns';
  default: unknown;
  choices: { value: string | number; label: string }[];
  min: number | null;
  max: number | null;
  unit: string;
}

/** A kind of element. */
export interface ElementKind {
  name: string;
  label: string;
  group: string;
  properties: Property[];
  example: Record<string, unknown>;
}

/** A kind of barcode. */
export interface CarrierKind {
  name: string;
  label: string;
  group: string;
  options: string[];
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
  type: string;
  example: string;
}

/** The value of a property; its default where the element says nothing. */
export function valueOf(element: LabelElement, property: Property): unknown {
  return element[property.name] ?? property.default;
}

/** The properties that all elements have in common, with the value that they share; undefined where they differ. */
export function shared(elements: readonly LabelElement[], kinds: Kinds): Property[] {
  const lists = elements.map(
    (one) => kinds.elements.find((kind) => kind.name === one.kind)?.properties ?? [],
  );
  const [first = [], ...rest] = lists;
  return first.filter((property) =>
    rest.every((list) => list.some((other) => other.name === property.name && other.type === property.type)),
  );
}
