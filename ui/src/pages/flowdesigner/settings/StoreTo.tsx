import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useDesk } from '../desk';
import { columnsOf, guessed } from './scanning';
import { objectOf, textOf, useOption } from './useOption';

const FIELDS = ['items', 'package_binding', 'scan_list'];

/** Where what was scanned is kept in the record. */
export function StoreTo({ node }: { node: FlowNode }) {
  const { t, i18n } = useTranslation();
  const { form, fieldKinds } = useDesk();
  const [value, set] = useOption(node, 'store_to');
  const said = objectOf(value);
  const own = columnsOf(form.fields, (kind) => fieldKinds.get(kind)?.holds === 'layout');
  const rows = own.filter((one) => fieldKinds.get(one.kind)?.holds === 'rows');
  const fields = own.filter((one) => FIELDS.includes(one.kind));
  const kindOf = (kind: string) => {
    const title = fieldKinds.get(kind)?.title;
    return title === undefined ? '' : i18n.language.startsWith('en') ? title.en : title.zh;
  };
  const chosen = textOf(said['table']) === '' ? textOf(said['field']) : textOf(said['table']);
  const label = t('flowdesigner.scan.storeTo');
  return (
    <Select<string>
      size="small"
      allowClear
      aria-label={label}
      placeholder={t('flowdesigner.scan.storeNowhere')}
      {...(chosen !== '' && { value: chosen })}
      options={[...rows, ...fields].map((one) => ({
        value: one.code,
        label: (
          <>
            {one.title} <span className="hint">{kindOf(one.kind)}</span>
          </>
        ),
      }))}
      popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => {
        const table = rows.find((one) => one.code === next);
        if (next === undefined) set(undefined);
        else if (table === undefined) set({ field: next });
        else set({ table: next, ...guessed(columnsOf(table.fields ?? [], () => false)) });
      }}
    />
  );
}
