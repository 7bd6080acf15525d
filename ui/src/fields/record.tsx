import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import { RecordSelect, useTitles } from '../forms/RecordSelect';

export const shape = 'reference';

/** A record of another form (关联记录). */
export function Input(props: InputProps) {
  return <RecordSelect {...props} many={false} />;
}

export function Show({ field, value }: ShowProps) {
  const number = asText(value);
  return useTitles(field, [number]).get(number) ?? `#${number}`;
}
