import { QueryClient } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { signIn } from '../api/session';
import { Providers } from '../app';
import { routeObjects } from '../router';

/** Open an address of the product as a user with these rights (`everything`: an administrator); `null` is a visitor. */
export function show(path: string, { rights = ['everything'] }: { rights?: string[] | null } = {}) {
  if (rights !== null) {
    const user = {
      username: 'chenmin',
      name: '陈敏',
      admin: rights.includes('everything'),
      rights: Object.fromEntries(rights.map((right) => [right, null])),
    };
    signIn('test-token', user, { remember: false });
  }
  const router = createMemoryRouter(routeObjects, { initialEntries: [path] });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const shown = render(
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...shown, router };
}
