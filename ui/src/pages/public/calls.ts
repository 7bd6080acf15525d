import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import { formPath } from '../../forms/calls';
import type { FormField, KindInfo, Values } from '../../forms/model';

/** A form as whoever holds its link fills it in. */
export type PublicForm = Omit<Answer<'PublicForm'>, 'fields' | 'kinds'> & {
  fields: FormField[];
  kinds: KindInfo[];
};
/** One thing that can be chosen. */
export type PublicOption = Answer<'PublicOption'>;
/** A public link as its makers see it. */
export type FormLink = Answer<'FormLinkOut'>;
/** A new link with its path, which is told once. */
export type FormLinkMade = Answer<'FormLinkMade'>;
/** What the makers of a link say of it. */
export type FormLinkBody = Pick<
  FormLink,
  'name' | 'role' | 'fields' | 'lookups' | 'expires_at' | 'most' | 'active' | 'thanks'
>;

const publicPath = (token: string) => `/public/forms/${encodeURIComponent(token)}`;

export const getPublicForm = (token: string, signal?: AbortSignal) =>
  http.get<PublicForm>(publicPath(token), undefined, signal);
export const postPublicRecord = (
  token: string,
  body: { values: Values; ticket: string; client_key: string; website: string },
) => http.post<{ thanks: string }>(`${publicPath(token)}/records`, body);
export const getPublicOptions = (token: string, field: string, signal?: AbortSignal) =>
  http.get<{ options: PublicOption[] }>(`${publicPath(token)}/options`, { field }, signal);

export const listLinks = (app: string, form: string, signal?: AbortSignal) =>
  http.get<{ links: FormLink[] }>(`${formPath(app, form)}/links`, undefined, signal);
export const postLink = (app: string, form: string, body: FormLinkBody) =>
  http.post<FormLinkMade>(`${formPath(app, form)}/links`, body);
export const putLink = (app: string, form: string, link: FormLink, change: Partial<FormLinkBody>) =>
  http.put<FormLink>(`${formPath(app, form)}/links/${link.id}`, {
    name: link.name,
    role: link.role,
    fields: link.fields,
    lookups: link.lookups,
    expires_at: link.expires_at,
    most: link.most,
    active: link.active,
    thanks: link.thanks,
    ...change,
    version: link.version,
  });
