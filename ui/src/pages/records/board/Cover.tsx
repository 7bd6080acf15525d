import { useEffect, useState } from 'react';
import { call } from '../../../api/http';

interface Picture {
  id?: unknown;
  name?: unknown;
  thumbnail?: unknown;
}

/** The first picture of a field; where there is none, the beginning of the title in its place. */
export function Cover({ value, title, always }: { value: unknown; title: string; always: boolean }) {
  const path = address(value);
  const [source, setSource] = useState<{ path: string; url: string } | null>(null);
  useEffect(() => {
    if (path === null) return undefined;
    const abort = new AbortController();
    let url: string | null = null;
    call('GET', path, { signal: abort.signal })
      .then((answer) => answer.blob())
      .then((blob) => {
        if (abort.signal.aborted) return;
        url = URL.createObjectURL(blob);
        setSource({ path, url });
      })
      .catch(() => undefined); // Then the letters stand for it.
    return () => {
      abort.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [path]);
  if (path === null && !always) return null;
  if (source !== null && source.path === path) return <img className="tile-cover" src={source.url} alt="" />;
  return (
    <span className="tile-cover tile-letters" aria-hidden>
      {title.slice(0, 2)}
    </span>
  );
}

/** Where the picture is, below /api/v1; null where there is none. */
function address(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'object' || first === null) return null;
  const { thumbnail } = first as Picture;
  if (typeof thumbnail !== 'string' || thumbnail === '') return null;
  return thumbnail.replace(/^\/api\/v1/, '');
}
