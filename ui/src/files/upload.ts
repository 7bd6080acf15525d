import i18next from 'i18next';
import { address } from '../api/http';
import type { Problem } from '../api/problem';
import { ProblemError } from '../api/problem';
import { session, signOut } from '../api/session';
import type { FileValue } from './model';

interface How {
  /** What it may be; empty: anything. */
  groups: readonly string[];
  /** The same key again brings nothing new: for another try after the connection broke. */
  clientKey: string;
  signal: AbortSignal;
  onProgress: (sent: number) => void;
}

/**
 * Send a file and tell how far it is, which the browser's fetch cannot.
 *
 * @throws ProblemError when the server refuses it or cannot be reached.
 */
export function upload(file: Blob, name: string, how: How): Promise<FileValue> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('/files', { accept: how.groups.join(','), client_key: how.clientKey }));
    request.setRequestHeader('Accept-Language', i18next.language);
    const token = session()?.token;
    if (token !== undefined) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = (event) => how.onProgress(event.loaded);
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      if (request.status === 201) {
        resolve(valueOf(JSON.parse(request.responseText) as FileValue));
        return;
      }
      if (request.status === 401) signOut();
      reject(new ProblemError(problemFrom(request)));
    };
    how.signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file, name);
    request.send(form);
  });
}

/** Of what an upload was answered with, what records say of a file. */
function valueOf({ id, name, size, type, url, thumbnail }: FileValue): FileValue {
  return { id, name, size, type, url, thumbnail };
}

function offline(): ProblemError {
  return new ProblemError({ title: i18next.t('error.offline'), status: 0, code: 'offline' });
}

function problemFrom(request: XMLHttpRequest): Problem {
  if ((request.getResponseHeader('Content-Type') ?? '').includes('json')) {
    return JSON.parse(request.responseText) as Problem;
  }
  return {
    title: i18next.t('error.server', { status: request.status }),
    status: request.status,
    code: 'unexpected',
  };
}
