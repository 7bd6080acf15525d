import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { expect, it } from 'vitest';
import { useFilters } from './useFilters';

function Two() {
  const [{ q }, setSearch] = useFilters(['q'] as const);
  const [{ f, g }, setView] = useFilters(['f', 'g'] as const);
  const both = () => {
    setSearch({ q: null });
    setView({ f: '1' });
    setView({ g: '2' });
  };
  return (
    <button type="button" onClick={both}>
      {JSON.stringify({ q, f, g })}
    </button>
  );
}

it('loses no change of several that come before the page is drawn again', async () => {
  const router = createMemoryRouter([{ path: '/list', element: <Two /> }], {
    initialEntries: ['/list?q=WM&other=1'],
  });
  render(<RouterProvider router={router} />);
  await userEvent.click(screen.getByRole('button'));
  expect(await screen.findByText('{"f":"1","g":"2"}')).toBeVisible();
  expect(router.state.location.search).toBe('?other=1&f=1&g=2');
});
