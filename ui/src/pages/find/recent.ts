import type { Reading } from '../../api/client';
import { codeOf, destinationOf } from './destination';

/** Something that was looked up lately. */
export interface Recent {
  code: string;
  kind: Reading['kind'];
  to: string;
}

const KEY = 'mazhi.recent';
const MOST = 6;

/** What was looked up lately in this browser, the latest first. */
export function recent(): Recent[] {
  const text = localStorage.getItem(KEY);
  return text === null ? [] : (JSON.parse(text) as Recent[]);
}

/** Remember what a scan led to. */
export function remember(reading: Reading): void {
  const code = codeOf(reading);
  const to = destinationOf(reading);
  if (code === null || to === null) return;
  const others = recent().filter((one) => one.to !== to);
  localStorage.setItem(KEY, JSON.stringify([{ code, kind: reading.kind, to }, ...others].slice(0, MOST)));
}
