import type { InputProps } from '../forms/control';
import { asText } from '../forms/model';
import { isSafe } from '../forms/safe';

export const shape = 'layout';

/** A link on the page (超链接). */
export function Input({ field }: InputProps) {
  const address = asText(field.options?.['address']);
  const text = asText(field.options?.['text']);
  if (!isSafe(address)) return <span>{text}</span>;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {text === '' ? field.title : text}
    </a>
  );
}

export function Show() {
  return null;
}
