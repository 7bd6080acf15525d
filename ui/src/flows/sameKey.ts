import { useRef } from 'react';
import { newClientKey } from '../api/clientKey';

/** Keys of what is sent: the same again is another try of the same and keeps its key, anything else has one of its own. */
export function useSameKey() {
  const held = useRef({ body: '', key: '' });
  return {
    of: (...said: unknown[]): string => {
      const body = JSON.stringify(said);
      if (held.current.body !== body) held.current = { body, key: newClientKey() };
      return held.current.key;
    },
    /** It was done: the same once more is meant as another one. */
    done: () => {
      held.current = { body: '', key: '' };
    },
  };
}
