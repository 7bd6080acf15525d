import { useSyncExternalStore } from 'react';

/** Who is signed in. */
export interface SessionUser {
  username: string;
  name?: string;
  department?: string | null;
  roles?: string[];
  language?: 'zh' | 'en';
  /** Everything is allowed. */
  admin?: boolean;
  /** Right → codes of the places where it holds, null everywhere. */
  rights?: Record<string, string[] | null>;
  must_change_password?: boolean;
}

interface Session {
  token: string;
  user: SessionUser;
}

const KEY = 'mazhi.session';
const listeners = new Set<() => void>();
let current: Session | null = read();

function read(): Session | null {
  const text = localStorage.getItem(KEY) ?? sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Session);
}

function changed(session: Session | null): void {
  current = session;
  for (const listener of listeners) listener();
}

/** The session outside of React; null when nobody is signed in. */
export function session(): Session | null {
  return current;
}

/** Begin a session. `remember` keeps it when the browser is closed. */
export function signIn(token: string, user: SessionUser, { remember }: { remember: boolean }): void {
  const value: Session = { token, user };
  (remember ? localStorage : sessionStorage).setItem(KEY, JSON.stringify(value));
  changed(value);
}

/** Replace what is known about the user, e.g. after the password was changed. */
export function updateUser(user: SessionUser): void {
  if (current === null) return;
  const value = { token: current.token, user };
  const storage = localStorage.getItem(KEY) === null ? sessionStorage : localStorage;
  storage.setItem(KEY, JSON.stringify(value));
  changed(value);
}

/** Forget the session in this browser. */
export function signOut(): void {
  localStorage.removeItem(KEY);
  sessionStorage.removeItem(KEY);
  changed(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The session in React. */
export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, session);
}

/** Whether a user holds a right (or one of several) anywhere. */
export function holds(user: SessionUser | undefined, right: string | string[] | undefined): boolean {
  if (right === undefined) return true;
  if (user === undefined) return false;
  if (user.admin === true) return true;
  const wanted = Array.isArray(right) ? right : [right];
  return wanted.some((one) => one in (user.rights ?? {}));
}

/** A function telling whether the signed-in user holds a right: `const may = useMay(); may('products.edit')`. */
export function useMay(): (right: string | string[] | undefined) => boolean {
  const user = useSession()?.user;
  return (right) => holds(user, right);
}
