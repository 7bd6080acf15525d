import { Badge, Tabs } from 'antd';
import { useState } from 'react';
import { useIsPhone } from '../components/useIsPhone';
import type { InputProps } from '../forms/control';
import { useLiveEntry } from '../forms/LiveEntry';
import type { FormField } from '../forms/model';
import { faultsWithin, liesWithin } from '../forms/within';

export const shape = 'layout';

/** Tabs (标签页): each section within is one; a tab says how many faults it holds. */
export function Input({ field, within, faults }: InputProps) {
  const phone = useIsPhone();
  const pages = field.fields ?? [];
  const [chosen, choose] = useState<string>();
  const reveal = useLiveEntry()?.reveal ?? null;
  const [followed, follow] = useState(reveal);
  const left = field.options?.['place'] === 'left' && !phone;
  if (reveal !== followed) {
    // What the list of faults leads to opens its page; a page that somebody chose stays otherwise.
    follow(reveal);
    const page = reveal === null ? undefined : pages.find((one) => holds(one, reveal.place));
    if (page !== undefined) choose(page.id);
  }
  return (
    <Tabs
      activeKey={pages.find((page) => page.id === chosen)?.id ?? pages[0]?.id ?? ''}
      onChange={choose}
      tabPlacement={left ? 'start' : 'top'}
      items={pages.map((page) => ({
        key: page.id,
        label: (
          <Badge size="small" offset={[8, 0]} count={faultsWithin(page, faults)}>
            {page.title}
          </Badge>
        ),
        children: within?.(page.fields ?? [page]),
        forceRender: true,
      }))}
    />
  );
}

/** Whether a page is, or holds, the field at a place. */
function holds(page: FormField, place: string): boolean {
  return place.split('/')[1] === page.code || liesWithin(page, place);
}

export function Show() {
  return null;
}
