import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import { formPath } from '../../forms/calls';

/** What one was told. */
export type Notice = Answer<'NoticeOut'>;
/** A comment on a record. */
export type Comment = Answer<'CommentOut'>;
/** Somebody who may see the record. */
export type Person = Answer<'PersonOut'>;

export const listNotices = (after: number | null, signal?: AbortSignal) =>
  http.get<{ notices: Notice[]; next: number | null }>('/notices', { after, limit: 30 }, signal);
export const countUnread = (signal?: AbortSignal) =>
  http.get<{ unread: number }>('/notices:unread', undefined, signal);
export const markRead = (ids: number[] | null) => http.post<undefined>('/notices:read', { ids });

const at = (app: string, form: string, record: number) => `${formPath(app, form)}/records/${record}/comments`;

export const listComments = (
  app: string,
  form: string,
  record: number,
  after: number | null,
  signal?: AbortSignal,
) =>
  http.get<{ comments: Comment[]; next: number | null }>(at(app, form, record), { after, limit: 30 }, signal);
export const postComment = (app: string, form: string, record: number, text: string, clientKey: string) =>
  http.post<{ id: number }>(at(app, form, record), { text, client_key: clientKey });
export const patchComment = (app: string, form: string, record: number, id: number, text: string) =>
  http.patch<undefined>(`${at(app, form, record)}/${id}`, { text });
export const deleteComment = (app: string, form: string, record: number, id: number) =>
  http.delete<undefined>(`${at(app, form, record)}/${id}`);
export const suggestPeople = (app: string, form: string, record: number, text: string) =>
  http.get<{ people: Person[] }>(`${at(app, form, record)}:people`, { text });
