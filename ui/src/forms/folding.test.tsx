import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Providers } from '../app';
import type { LiveEntry } from './LiveEntry';
import { LiveEntryProvider } from './LiveEntry';
import type { FormField } from './model';
import { Input as Collapse } from '../fields/collapse';
import { Input as Tabs } from '../fields/tabs';

function field(code: string, rest: Partial<FormField> = {}): FormField {
  return { id: `id-${code}`, code, kind: 'text', title: code, ...rest };
}

const PAGES = field('pages', {
  kind: 'tabs',
  fields: [
    field('first', { kind: 'section', fields: [field('a')] }),
    field('second', { kind: 'section', fields: [field('lines', { kind: 'subform', fields: [field('a')] })] }),
    field('third', { kind: 'section', fields: [field('c')] }),
  ],
});
const GROUP = field('group', {
  kind: 'collapse',
  options: { folded: true },
  fields: [field('inner', { kind: 'section', fields: [field('deep')] })],
});

interface Given {
  part: FormField;
  place?: string;
  time?: number;
  faults?: string[];
}

function page({ part, place, time = 1, faults = [] }: Given) {
  const Input = part.kind === 'tabs' ? Tabs : Collapse;
  const reveal = place === undefined ? null : { place, time };
  const live = { worked: {}, leave: () => undefined, reveal } as unknown as LiveEntry;
  return (
    <Providers>
      <LiveEntryProvider value={live}>
        <Input
          field={part}
          id="part"
          value={null}
          onChange={() => undefined}
          faults={new Map(faults.map((one) => [one, 'wrong']))}
          within={(fields) => fields.map((one) => <p key={one.id}>{one.code}</p>)}
        />
      </LiveEntryProvider>
    </Providers>
  );
}

const open = () => screen.getByRole('tab', { selected: true }).textContent;
const unfolded = () => screen.getByRole('button', { name: 'group' }).getAttribute('aria-expanded') === 'true';

describe('tabs', () => {
  it('open the page that a fault is led to on, also for a row of a sub-table', () => {
    const { rerender } = render(page({ part: PAGES }));
    expect(open()).toContain('first');
    rerender(page({ part: PAGES, place: '/lines/0/a' }));
    expect(open()).toContain('second');
    rerender(page({ part: PAGES, place: '/a', time: 2 }));
    expect(open()).toContain('first');
  });

  it('stay where somebody is until the next time that a fault is led to', () => {
    const { rerender } = render(page({ part: PAGES, place: '/c' }));
    rerender(page({ part: PAGES, place: '/lines', time: 2 }));
    screen.getByRole('tab', { name: /first/u }).click();
    rerender(page({ part: PAGES, place: '/elsewhere', time: 3, faults: ['/c'] }));
    expect(open()).toContain('first');
    rerender(page({ part: PAGES, place: '/c', time: 4 }));
    expect(open()).toContain('third');
  });

  it('say how many faults each page holds', () => {
    render(page({ part: PAGES, faults: ['/lines/0/a', '/c'] }));
    expect(screen.getByRole('tab', { name: /second/u })).toHaveTextContent('1');
    expect(screen.getByRole('tab', { name: /first/u })).not.toHaveTextContent('1');
  });
});

describe('a folded group', () => {
  it('opens when a fault within is led to', () => {
    const { rerender } = render(page({ part: GROUP, place: '/a' }));
    expect(unfolded()).toBe(false);
    rerender(page({ part: GROUP, place: '/deep', time: 2 }));
    expect(unfolded()).toBe(true);
  });

  it('opens for a fault within and stays open once it is mended', () => {
    const { rerender } = render(page({ part: GROUP }));
    rerender(page({ part: GROUP, faults: ['/deep'] }));
    expect(unfolded()).toBe(true);
    rerender(page({ part: GROUP }));
    expect(unfolded()).toBe(true);
  });
});
