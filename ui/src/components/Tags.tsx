import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './marks.css';

/** The colours of a plain tag; they sort, they do not judge. */
export type Tone = 'ink' | 'teal' | 'violet' | 'grey' | 'green' | 'amber' | 'red';

/** A small coloured word, e.g. 草稿 v8. */
export function Tag({ tone = 'grey', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}

const QUALITY: Record<string, Tone> = {
  pending: 'amber',
  released: 'green',
  concession: 'amber',
  rejected: 'red',
};

/** The quality of an item: 待检 合格 让步接收 不合格. */
export function QualityTag({ quality }: { quality: string }) {
  const { t } = useTranslation();
  return <Tag tone={QUALITY[quality] ?? 'grey'}>{t(`quality.${quality}`, { defaultValue: quality })}</Tag>;
}

/** A mark on an item: held and recalled block and are solid red, suspect only shows. */
export function MarkTag({ mark }: { mark: string }) {
  const { t } = useTranslation();
  return (
    <span className={mark === 'suspect' ? 'tag mark-suspect' : 'tag mark-blocking'}>
      {t(`mark.${mark}`, { defaultValue: mark })}
    </span>
  );
}
