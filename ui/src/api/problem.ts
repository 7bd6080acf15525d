/** One thing that is wrong in a request: where, what, and what to do. */
export interface ProblemItem {
  pointer?: string | null;
  item?: string | null;
  code: string;
  message: string;
  advice?: string | null;
}

/** An error answer of the server (RFC 9457). */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  code: string;
  detail?: string | null;
  /** What to do about the whole. */
  advice?: string;
  errors?: ProblemItem[];
}

/** Thrown by every call that the server refuses, or that never reached it (status 0, code `offline`). */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The problem inside any thrown value; what is not one of ours becomes a nameless one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const title = error instanceof Error ? error.message : String(error);
  return { title, status: 0, code: 'unexpected', errors: [] };
}

/** The message for one field of a form, found by its JSON pointer such as `/segments/2/width`. */
export function fieldProblem(problem: Problem | undefined, pointer: string): ProblemItem | undefined {
  return problem?.errors?.find((error) => error.pointer === pointer);
}
