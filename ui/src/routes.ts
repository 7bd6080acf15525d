import type { ComponentType, ReactNode } from 'react';
import type { IconName } from './components/Icon';

/** The groups of the navigation, in order. */
export const NAV_GROUPS = ['work', 'trace', 'build', 'master', 'system'] as const;

/** One of the groups of the navigation. */
export type NavGroup = (typeof NAV_GROUPS)[number];

/** One address of the product and what it shows. */
export interface PageRoute {
  /** Path below /, e.g. `items/:code`; '' is the home page. */
  path: string;
  /** Key of the page's name in the locale files; used by navigation and breadcrumb. */
  title: string;
  /** Entry in the navigation; a page without one is reached from another page. */
  nav?: {
    icon: IconName;
    group: NavGroup;
    order: number;
    /** Also a tab at the bottom of the phone. */
    phone?: boolean;
    /** How many wait there, beside its name. */
    Badge?: ComponentType;
    /** Shows the entry only to whom it is of use, where a right does not say it. */
    Only?: ComponentType<{ children: ReactNode }>;
  };
  /** Path of the page above, for the breadcrumb and for which navigation entry is lit. */
  parent?: string;
  /** Rights of which one is needed; without it the entry is hidden and the page says so. */
  right?: string | string[];
  /** The page, loaded when first opened. */
  load: () => Promise<{ Page: ComponentType }>;
}

interface RouteModule {
  routes: PageRoute[];
}

const modules = import.meta.glob<RouteModule>('./pages/*/route.tsx', { eager: true });

/** Every page that any folder under pages/ declares. */
export const pageRoutes: PageRoute[] = Object.values(modules).flatMap((module) => module.routes);

/** The entries of the navigation in their order. */
export const navRoutes = pageRoutes
  .flatMap((route) => (route.nav ? [{ ...route, nav: route.nav }] : []))
  .sort(
    (a, b) => NAV_GROUPS.indexOf(a.nav.group) - NAV_GROUPS.indexOf(b.nav.group) || a.nav.order - b.nav.order,
  );
