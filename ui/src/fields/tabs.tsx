import { Badge, Tabs } from 'antd';
import { useState } from 'react';
import { useIsPhone } from '../components/useIsPhone';
import type { InputProps } from '../forms/control';
import { faultsWithin } from '../forms/within';

export const shape = 'layout';

/** Tabs (标签页): each section within is one; a tab says how many faults it holds. */
export function Input({ field, within, faults }: InputProps) {
  const phone = useIsPhone();
  const pages = field.fields ?? [];
  const [chosen, choose] = useState<string>();
  const left = field.options?.['place'] === 'left' && !phone;
  // Until somebody chooses, the first one that holds a fault is open.
  const wrong = pages.find((page) => faultsWithin(page, faults) > 0)?.id;
  return (
    <Tabs
      activeKey={chosen ?? wrong ?? pages[0]?.id ?? ''}
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

export function Show() {
  return null;
}
