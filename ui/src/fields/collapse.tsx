import { Collapse } from 'antd';
import { useState } from 'react';
import type { InputProps } from '../forms/control';
import { useLiveEntry } from '../forms/LiveEntry';
import { faultsWithin, liesWithin } from '../forms/within';

export const shape = 'layout';

/** A group of fields that can be folded (折叠组); what is wrong within opens it, and so does being led there. */
export function Input({ field, within, faults }: InputProps) {
  const wrong = faultsWithin(field, faults);
  const reveal = useLiveEntry()?.reveal ?? null;
  const [open, setOpen] = useState(field.options?.['folded'] !== true || wrong > 0);
  const [before, setBefore] = useState({ wrong: wrong > 0, reveal });
  if (before.wrong !== wrong > 0 || before.reveal !== reveal) {
    // What cannot be seen cannot be mended; once it is mended the group stays as it is, or the cursor would be lost.
    const led = reveal !== null && reveal !== before.reveal && liesWithin(field, reveal.place);
    if (led || (wrong > 0 && !before.wrong)) setOpen(true);
    setBefore({ wrong: wrong > 0, reveal });
  }
  return (
    <Collapse
      activeKey={open ? [field.id] : []}
      onChange={(keys) => setOpen(keys.length > 0)}
      items={[
        {
          key: field.id,
          label: <b className={wrong > 0 ? 'field-part-wrong' : ''}>{field.title}</b>,
          children: within?.(field.fields ?? []),
          forceRender: true,
        },
      ]}
    />
  );
}

export function Show() {
  return null;
}
