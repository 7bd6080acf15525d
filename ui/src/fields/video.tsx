import type { InputProps } from '../forms/control';
import { asText } from '../forms/model';
import { isSafe } from '../forms/safe';

export const shape = 'layout';

/** A video that stands on the form (视频); it is fetched only when somebody plays it. */
export function Input({ field }: InputProps) {
  const address = asText(field.options?.['address']);
  if (!isSafe(address)) return <p className="muted">{field.title}</p>;
  return (
    <video
      className="field-picture"
      src={address}
      controls
      preload="none"
      aria-label={field.title}
      style={{ height: Number(field.options?.['height'] ?? 240) }}
    />
  );
}

export function Show() {
  return null;
}
