import type { Problem, ProblemItem } from '../../api/problem';

/** Something that the server cannot draw, and which element it is in by its place. */
export interface Fault extends ProblemItem {
  place: number;
}

/** What is wrong with elements, found by the pointers into the template. */
export function faults(problem: Problem | null): Fault[] {
  return (problem?.errors ?? []).flatMap((error) => {
    const place = /\/elements\/(\d+)/.exec(error.pointer ?? '')?.[1];
    return place === undefined ? [] : [{ ...error, place: Number(place) }];
  });
}
