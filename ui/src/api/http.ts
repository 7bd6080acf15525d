import i18next from 'i18next';
import { previewHeader } from './preview';
import type { Problem } from './problem';
import { ProblemError } from './problem';
import { session, signOut } from './session';

/** Values of a query string; what is undefined, null or '' is left out. */
export type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export const API = '/api/v1';

/** The address of a call. */
export function address(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return API + path + (text === '' ? '' : `?${text}`);
}

function headersFor(path: string, options: Options): Headers {
  const headers = new Headers(options.headers);
  const role = previewHeader(path);
  if (role !== null) headers.set('Mazhi-As-Role', role);
  headers.set('Accept-Language', i18next.language);
  const token = session()?.token;
  if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers.set('Content-Type', 'application/json');
  }
  return headers;
}

function bodyFor(body: unknown): BodyInit | undefined {
  if (body === undefined) return undefined;
  return body instanceof FormData ? body : JSON.stringify(body);
}

/**
 * Make a call and return the raw answer, e.g. for downloads.
 *
 * @throws ProblemError when the server refuses or cannot be reached.
 */
export async function call(method: string, path: string, options: Options = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path, options.query), {
      method,
      headers: headersFor(path, options),
      body: bodyFor(options.body) ?? null,
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ProblemError({ title: i18next.t('error.offline'), status: 0, code: 'offline' });
  }
  if (response.ok) return response;
  const problem = await problemFrom(response);
  // A token that no longer holds ends the session; a wrong password at sign-in does not.
  if (response.status === 401 && session() !== null) signOut();
  throw new ProblemError(problem);
}

async function problemFrom(response: Response): Promise<Problem> {
  const type = response.headers.get('Content-Type') ?? '';
  if (type.includes('json')) {
    const body = (await response.json()) as Partial<Problem>;
    return {
      ...body,
      title: body.title ?? response.statusText,
      status: response.status,
      code: body.code ?? 'unexpected',
    };
  }
  return {
    title: i18next.t('error.server', { status: response.status }),
    status: response.status,
    code: 'unexpected',
  };
}

async function json<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await call(method, path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Calls with JSON in and out, paths below /api/v1. */
export const http = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    json<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T>(path: string, body?: unknown) => json<T>('POST', path, { body: body ?? {} }),
  put: <T>(path: string, body: unknown) => json<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown, headers?: Record<string, string>) =>
    json<T>('PATCH', path, { body, ...(headers && { headers }) }),
  delete: <T>(path: string) => json<T>('DELETE', path),
  /** Send a form with files. */
  upload: <T>(path: string, form: FormData) => json<T>('POST', path, { body: form }),
};

/** Fetch a file and let the browser save it. */
export async function download(path: string, name: string, query?: Query): Promise<void> {
  const response = await call('GET', path, query ? { query } : {});
  saveBlob(await response.blob(), name);
}

/** Let the browser save bytes that we have made. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
