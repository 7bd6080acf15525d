import type { RefObject, UIEvent } from 'react';
import { useEffect, useLayoutEffect, useState } from 'react';
import { within } from './layout';
import type { List } from './useList';

const BEYOND = 400;

/** What of a list is in sight; what is missing there is read. */
export function useSight(box: RefObject<HTMLDivElement | null>, list: List) {
  const [view, setView] = useState({ top: 0, height: 900 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => setView((before) => ({ ...before, height: element.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const [from, to] = within(list.items, view.top - BEYOND, view.top + view.height + BEYOND);
  const visible = list.items.slice(from, to);
  const { want, reads } = list;
  const keysOf = (kind: 'wait' | 'more') =>
    JSON.stringify([...new Set(visible.flatMap((one) => (one.kind === kind ? [one.section.key] : [])))]);
  const waiting = keysOf('wait');
  const ending = keysOf('more');
  useEffect(() => want(JSON.parse(waiting) as string[]), [waiting, want]);
  useEffect(() => {
    for (const key of JSON.parse(ending) as string[]) {
      const read = reads.get(key);
      if (read?.more === true && !read.busy) read.loadMore();
    }
  }, [ending, reads]);
  return {
    visible,
    onScroll: (event: UIEvent<HTMLDivElement>) => {
      const { scrollTop, clientHeight } = event.currentTarget;
      setView({ top: scrollTop, height: clientHeight });
    },
  };
}
