import { vi } from 'vitest';
import { session } from '../api/session';

/** What the pretend server answers to `METHOD /path` (below /api/v1): a value, or a function of the request. */
export type Answers = Record<string, unknown>;

/** One request as the pretend server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

/** An answer that is a refusal. */
export class Refusal {
  readonly status: number;
  readonly problem: object;

  constructor(status: number, problem: object) {
    this.status = status;
    this.problem = problem;
  }
}

/** Put a pretend server under fetch; returns the list of requests it has seen. */
export function pretendServer(answers: Answers): SeenRequest[] {
  const seen: SeenRequest[] = [];
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    const url = new URL(input, 'http://mazhi.test');
    const request: SeenRequest = {
      method: init.method ?? 'GET',
      path: decodeURIComponent(url.pathname.replace('/api/v1', '')),
      query: url.searchParams,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body,
      headers: new Headers(init.headers),
    };
    const key = `${request.method} ${request.path}`;
    // Every page asks who is signed in; only a test that says something about it wants to see that.
    if (key === 'GET /me' && !(key in answers)) return Promise.resolve(Response.json(session()?.user ?? {}));
    seen.push(request);
    if (!(key in answers)) throw new Error(`the pretend server has no answer to ${key}`);
    const given = answers[key];
    const answer: unknown =
      typeof given === 'function' ? (given as (r: SeenRequest) => unknown)(request) : given;
    if (answer instanceof Refusal) {
      return Promise.resolve(
        new Response(JSON.stringify(answer.problem), {
          status: answer.status,
          headers: { 'Content-Type': 'application/problem+json' },
        }),
      );
    }
    return Promise.resolve(
      new Response(JSON.stringify(answer ?? null), {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
      }),
    );
  });
  return seen;
}
