import type { CSSProperties } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Template } from '../../labels/template';
import type { LabelSummary } from './calls';
import { getLabel, postPreview } from './calls';

interface ThumbnailProps {
  /** What the picture is kept under: the label and its version. */
  name: string;
  template: Template;
  item?: string | null;
}

/** What the label looks like, as the print head would see it. */
export function Thumbnail({ name, template, item = null }: ThumbnailProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['labels', 'thumbnail', name, item, template],
    queryFn: ({ signal }) => postPreview({ template, dpi: 203, item }, signal),
    staleTime: Infinity,
  });
  const wide = template.width_mm / template.height_mm;
  return (
    <span className="label-thumb" style={shape(wide)}>
      {data !== undefined && (
        <img src={`data:image/png;base64,${data.png}`} alt={t('labels.pictureOf', { name })} />
      )}
    </span>
  );
}

/** The picture of a label that is stored, with nothing but its summary at hand. */
export function StoredThumbnail({ label }: { label: LabelSummary }) {
  const { data } = useQuery({
    queryKey: ['labels', 'stored', label.code, label.updated_at],
    // What would be printed; a draft may be half finished.
    queryFn: ({ signal }) => getLabel(label.code, label.version ?? undefined, signal),
    staleTime: Infinity,
  });
  if (data === undefined) {
    return <span className="label-thumb" style={shape((label.width_mm ?? 60) / (label.height_mm ?? 40))} />;
  }
  return <Thumbnail name={label.name} template={data.template} />;
}

/** As large as its frame lets it be; the frame says how high that is. */
function shape(wide: number): CSSProperties {
  return { aspectRatio: `${wide}`, width: `min(100%, calc(var(--thumb-height) * ${wide}))` };
}
