import type { Job } from './client';
import { download, http } from './http';

/** The file that a job left. */
export interface JobFile {
  name: string;
  size: number;
}

/** A job with all that is known of it. */
export interface FullJob extends Job {
  id: string;
  kind: string;
  created_by: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  cancelling: boolean;
  file: JobFile | null;
}

/** What to export: items by a filter, or the codes that a job made. */
export interface ExportBody {
  what: 'items' | 'codes';
  format: 'xlsx' | 'csv';
  filter?: Record<string, string | undefined>;
  job?: string;
}

export const postExport = (body: ExportBody) => http.post<{ job: string }>('/exports', body);
export const listJobs = (
  query: Record<string, string | number | boolean | undefined>,
  signal?: AbortSignal,
) => http.get<{ jobs: FullJob[]; next: string | null }>('/jobs', query, signal);
export const cancelJob = (id: string) => http.post<FullJob>(`/jobs/${encodeURIComponent(id)}:cancel`);
export const fetchJobFile = (id: string, name: string) =>
  download(`/jobs/${encodeURIComponent(id)}/file`, name);
