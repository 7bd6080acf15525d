import { render, screen } from '@testing-library/react';
import { theme } from 'antd';
import { expect, it, vi } from 'vitest';
import { Providers } from '../app';

function Told() {
  return <p>{theme.useToken().token.motion ? 'moves' : 'still'}</p>;
}

function ask(reduced: boolean) {
  const quiet = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal('matchMedia', (media: string) => ({
    ...quiet,
    media,
    matches: reduced && media.includes('prefers-reduced-motion: reduce'),
  }));
  render(
    <Providers>
      <Told />
    </Providers>,
  );
}

it('moves nothing where the system asks for less motion', () => {
  ask(true);
  expect(screen.getByText('still')).toBeVisible();
});

it('moves where nothing speaks against it', () => {
  ask(false);
  expect(screen.getByText('moves')).toBeVisible();
});
