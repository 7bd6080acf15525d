import { Collapse } from 'antd';
import type { InputProps } from '../forms/control';
import { faultsWithin } from '../forms/within';

export const shape = 'layout';

/** A group of fields that can be folded (折叠组); what is wrong within opens it. */
export function Input({ field, within, faults }: InputProps) {
  const wrong = faultsWithin(field, faults);
  const folded = field.options?.['folded'] === true && wrong === 0;
  return (
    <Collapse
      // A fault that comes while it is folded opens it, since what cannot be seen cannot be mended.
      key={folded ? 'folded' : 'open'}
      defaultActiveKey={folded ? [] : [field.id]}
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
