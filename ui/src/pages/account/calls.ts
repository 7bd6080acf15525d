import { http } from '../../api/http';
import type { Answer } from '../../api/whole';

/** Who is signed in, with what is told to nobody else. */
export type Myself = Answer<'Myself'>;
/** What notices are about. */
export type Topic = Myself['mails'][number];

export const getMyself = (signal?: AbortSignal) => http.get<Myself>('/me', undefined, signal);
export const changeMyself = (changes: Partial<Pick<Myself, 'email' | 'mails' | 'language'>>) =>
  http.patch<Myself>('/me', changes);
