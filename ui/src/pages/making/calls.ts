import { call, http } from '../../api/http';

/** What is to be made: by a rule, or with given codes. */
export interface MakeBody {
  product?: string | null;
  kind?: 'serial' | 'package';
  rule?: string | null;
  count?: number | null;
  fields?: Record<string, string>;
  codes?: string | null;
  namespace?: string;
  batch?: string | null;
  package_type?: string | null;
  place?: string | null;
  document?: string | null;
  note?: string | null;
  client_key: string;
}

/** What was made; of more than 10,000 the first 10,000. */
export interface Made {
  event: number;
  count: number;
  first: string;
  last: string;
  codes: string[];
}

/** Make codes: at once, or above 10,000 as a job. */
export async function postMake(body: MakeBody): Promise<Made | { job: string }> {
  const response = await call('POST', '/items:generate', { body });
  return (await response.json()) as Made | { job: string };
}

export const previewRule = (
  rule: string,
  body: { count: number; fields: Record<string, string>; product?: string | null },
) => http.post<{ examples: string[] }>(`/code-rules/${encodeURIComponent(rule)}/preview`, body);
