import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputProps } from '../forms/control';
import { asText } from '../forms/model';
import { isSafe } from '../forms/safe';

export const shape = 'layout';

/** A picture that stands on the form (图片展示), such as a work instruction. */
export function Input({ field }: InputProps) {
  const { t } = useTranslation();
  const [gone, setGone] = useState(false);
  const address = asText(field.options?.['address']);
  const height = Number(field.options?.['height'] ?? 160);
  if (!isSafe(address) || gone)
    return <p className="muted field-lines">{t('fields.pictureGone', { title: field.title })}</p>;
  return (
    <a href={address} target="_blank" rel="noreferrer">
      <img
        className="field-picture"
        src={address}
        alt={field.title}
        style={{ height }}
        referrerPolicy="no-referrer"
        onError={() => setGone(true)}
      />
    </a>
  );
}

export function Show() {
  return null;
}
