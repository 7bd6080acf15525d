import { useEffect, useState } from 'react';
import { session } from '../../api/session';
import type { Values } from '../../forms/model';

/** What was filled in and is neither handed in nor kept as a draft. */
export interface Unsent {
  values: Values;
  comment: string;
}

const keyOf = (task: number) => `mazhi.task.${session()?.user.username ?? ''}.${task}`;

/** What was left of an earlier look at a task in this tab: after a reload, or a session that had run out. */
export function useFound(task: number): Unsent | null {
  const [found] = useState(() => JSON.parse(sessionStorage.getItem(keyOf(task)) ?? 'null') as Unsent | null);
  return found;
}

/** Keep what is not sent yet in this tab; who leaves the page on purpose leaves it. */
export function useUnsent(task: number, unsent: Unsent | null): void {
  const [key] = useState(() => keyOf(task));
  const text = unsent === null ? null : JSON.stringify(unsent);
  useEffect(() => {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  }, [key, text]);
  useEffect(
    () => () => {
      if (session() !== null) sessionStorage.removeItem(key);
    },
    [key],
  );
}
