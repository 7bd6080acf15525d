import type { InputProps } from '../forms/control';
import { asText } from '../forms/model';
import { isSafe } from '../forms/safe';

export const shape = 'layout';

/** Another page within the form (嵌入网页); it can run its own scripts but reach nothing of ours. */
export function Input({ field }: InputProps) {
  const address = asText(field.options?.['address']);
  if (!isSafe(address)) return <p className="muted">{field.title}</p>;
  return (
    <iframe
      className="field-embed"
      src={address}
      title={field.title}
      sandbox="allow-scripts allow-forms allow-popups"
      referrerPolicy="no-referrer"
      loading="lazy"
      style={{ height: Number(field.options?.['height'] ?? 320) }}
    />
  );
}

export function Show() {
  return null;
}
