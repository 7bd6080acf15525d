import { matchPath, useLocation } from 'react-router';
import type { PageRoute } from '../routes';
import { pageRoutes } from '../routes';

/** The pages from the top down to the one that is open, for breadcrumb and navigation. */
export function useTrail(): PageRoute[] {
  const { pathname } = useLocation();
  // The literal path beats the one with a parameter: /items/new before /items/:code.
  const open = [...pageRoutes]
    .sort((a, b) => Number(a.path.includes(':')) - Number(b.path.includes(':')))
    .find((route) => matchPath(`/${route.path}`, pathname) !== null);
  const trail: PageRoute[] = [];
  let at = open;
  while (at !== undefined) {
    trail.unshift(at);
    const above: string | undefined = at.parent;
    at = above === undefined ? undefined : pageRoutes.find((route) => route.path === above);
  }
  return trail;
}
