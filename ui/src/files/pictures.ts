import { useQuery } from '@tanstack/react-query';
import { API, call } from '../api/http';
import { session } from '../api/session';

const MOST = 300;
const held = new Map<string, string>();

/** An address at which the browser itself finds the bytes of a picture, which it could not ask for with our token. */
async function pictureUrl(path: string, signal: AbortSignal): Promise<string> {
  const key = `${session()?.user.username ?? ''} ${path}`;
  const known = held.get(key);
  if (known !== undefined) return known;
  const answer = await call('GET', path.replace(API, ''), { signal });
  const url = URL.createObjectURL(await answer.blob());
  held.set(key, url);
  const [oldest] = held;
  if (held.size > MOST && oldest !== undefined) {
    held.delete(oldest[0]);
    URL.revokeObjectURL(oldest[1]);
  }
  return url;
}

/** A picture of the API as an address for an image; `null` asks for none. */
export function usePicture(path: string | null) {
  return useQuery({
    queryKey: ['picture', path],
    queryFn: ({ signal }) => pictureUrl(path ?? '', signal),
    enabled: path !== null && path !== '',
    staleTime: Infinity,
    retry: 1,
  });
}
