import type { IconName } from '../../components/Icon';
import type { LabelElement } from '../template';

/** What the designer needs to know of a kind of element beyond what the server declares of it. */
export interface Looks {
  icon: IconName;
  /** What a new one says, where the example of its kind is not what people begin with. */
  begin?: Record<string, unknown>;
  /** The browser draws it on the same dots as the printer: lines and frames. */
  exact: boolean;
  /** Its picture grows with its box. */
  grows: boolean;
  /** The property that a field goes into when it is dropped on the element; none takes no fields. */
  takes?: string;
  /** What the list of layers says of it after its name. */
  says?: (element: LabelElement) => string;
}

/** The text of a property, whatever it holds. */
export function word(element: LabelElement, property: string): string {
  const value = element[property];
  return typeof value === 'string' ? value : '';
}
