import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { walk } from '../../../formdesigner/tree';
import { useDesk } from '../desk';

interface BodyFieldProps {
  label: string;
  value: string;
  onChange: (code: string) => void;
}

/** A field of the record; of a sub-table the whole of it, or one of its columns, which gives the values of all rows. */
export function BodyField({ label, value, onChange }: BodyFieldProps) {
  const { t } = useTranslation();
  const { form, fieldKinds } = useDesk();
  const holds = (kind: string) => fieldKinds.get(kind)?.holds;
  const inner = new Map(
    walk(form.fields)
      .filter((one) => holds(one.kind) === 'rows')
      .flatMap((table) => walk(table.fields ?? []).map((one) => [one.id, table] as const)),
  );
  const options = walk(form.fields)
    .filter((one) => holds(one.kind) !== 'layout')
    .map((one) => {
      const table = inner.get(one.id);
      return table === undefined
        ? { value: one.code, label: one.title }
        : { value: `${table.code}.${one.code}`, label: `${table.title} · ${one.title}` };
    });
  return (
    <Select<string>
      size="small"
      aria-label={label}
      placeholder={t('flowdesigner.whichField')}
      showSearch={{ optionFilterProp: 'label' }}
      {...(value !== '' && { value })}
      status={value === '' || options.some((one) => one.value === value) ? '' : 'error'}
      options={options}
      popupMatchSelectWidth={false}
      onChange={onChange}
    />
  );
}
