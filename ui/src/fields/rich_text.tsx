import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'text';

// The editor is large, and few forms have such a field.
const RichText = lazy(async () => ({ default: (await import('../forms/RichText')).RichText }));

/** Text with headings, lists and emphasis (富文本). */
export function Input(props: InputProps) {
  return (
    <Suspense fallback={<Skeleton.Node active className="rich-text-waits" />}>
      <RichText {...props} />
    </Suspense>
  );
}

export function Show({ value, short }: ShowProps) {
  const html = asText(value);
  if (short) return new DOMParser().parseFromString(html, 'text/html').body.textContent;
  // The server has taken out whatever could do anything: it keeps a short list of tags and no attributes but links.
  return <div className="rich-text-shown" dangerouslySetInnerHTML={{ __html: html }} />;
}
