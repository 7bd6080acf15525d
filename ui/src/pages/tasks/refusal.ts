import { problemOf } from '../../api/problem';
import type { Problem } from '../../api/problem';

/** What is told beside the buttons: not what the fields tell, and not that somebody else was first. */
export function refusalOf(error: unknown): Problem | null {
  if (error === null || error === undefined) return null;
  const problem = problemOf(error);
  if (problem.code === 'task_closed') return null;
  return problem.errors?.some((one) => one.pointer?.startsWith('/values/')) ? null : problem;
}
