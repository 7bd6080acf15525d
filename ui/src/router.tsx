import type { RouteObject } from 'react-router';
import { createBrowserRouter, Navigate, Outlet, useLocation } from 'react-router';
import { useMay, useSession } from './api/session';
import type { PageRoute } from './routes';
import { pageRoutes } from './routes';
import { Crashed, NoRight, NotFound } from './shell/Messages';
import { Shell } from './shell/Shell';

function SignedIn() {
  const current = useSession();
  const location = useLocation();
  if (current === null) {
    const next = location.pathname + location.search;
    return <Navigate to={next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`} replace />;
  }
  if (current.user.must_change_password === true) return <Navigate to="/login/password" replace />;
  return <Shell />;
}

function Guarded({ right }: { right: string | string[] | undefined }) {
  const may = useMay();
  return may(right) ? <Outlet /> : <NoRight />;
}

function toRoute(page: PageRoute): RouteObject {
  return {
    element: <Guarded right={page.right} />,
    children: [
      {
        path: page.path,
        lazy: async () => ({ Component: (await page.load()).Page }),
        HydrateFallback: () => null,
      },
    ],
  };
}

/** All addresses of the product. */
export const routeObjects: RouteObject[] = [
  {
    errorElement: <Crashed />,
    children: [
      {
        path: 'login',
        lazy: async () => ({ Component: (await import('./pages/login/LoginPage')).LoginPage }),
        HydrateFallback: () => null,
      },
      {
        path: 'login/password',
        lazy: async () => ({ Component: (await import('./pages/login/PasswordPage')).PasswordPage }),
        HydrateFallback: () => null,
      },
      {
        // For whoever holds the link: no frame, no signing in.
        path: 'p/:token',
        lazy: async () => ({ Component: (await import('./pages/public/PublicFormPage')).PublicFormPage }),
        HydrateFallback: () => null,
      },
      {
        element: <SignedIn />,
        children: [
          {
            errorElement: <Crashed />,
            children: [...pageRoutes.map(toRoute), { path: '*', element: <NotFound /> }],
          },
        ],
      },
    ],
  },
];

/** The browser's router. */
export const makeRouter = () => createBrowserRouter(routeObjects);
