import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import { walk } from '../../../formdesigner/tree';
import type { FlowNode } from '../../../flowdesigner/tree';
import type { FormField } from '../../../forms/model';
import { editorFields } from '../../../formulaeditor/fields';
import { FormulaEditor } from '../../../formulaeditor/FormulaEditor';
import { useDesk } from '../desk';
import { Pairs } from './Pairs';
import { matched, writable } from './targets';
import type { Said } from './Source';
import { objectsOf, textOf } from './useOption';

interface RowsAssignmentProps {
  node: FlowNode;
  /** The sub-table whose rows are written. */
  table: FormField;
  value: Said;
  onChange: (value: Said) => void;
  onRemove: () => void;
}

/** The rows of a sub-table: one for each row of a sub-table here (where a condition holds), or one of its own. */
export function RowsAssignment({ node, table, value, onChange, onRemove }: RowsAssignmentProps) {
  const { t, i18n } = useTranslation();
  const { form, fieldKinds } = useDesk();
  const tables = walk(form.fields).filter((one) => fieldKinds.get(one.kind)?.holds === 'rows');
  const from = textOf(value['from']);
  const source = tables.find((one) => one.code === from);
  const fields = useMemo(
    () => editorFields(form.fields, fieldKinds, source?.id ?? null, i18n.language),
    [form.fields, fieldKinds, source?.id, i18n.language],
  );
  const columns = objectsOf(value['columns']);
  const put = (values: Said) => onChange({ ...value, ...values });
  return (
    <section className="fw-rows-of" aria-label={t('flowdesigner.rowsOf', { name: table.title })}>
      <header>
        <Icon name="table" size={14} />
        <b>{table.title}</b>
        <span className="hint grow">{t('flowdesigner.rowsHow')}</span>
        <Button
          type="text"
          size="small"
          aria-label={t('flowdesigner.removePart', { name: table.title })}
          icon={<Icon name="close" size={14} />}
          onClick={onRemove}
        />
      </header>
      <Select<string>
        size="small"
        aria-label={t('flowdesigner.rowsSource', { name: table.title })}
        value={from}
        options={[
          ...tables.map((one) => ({
            value: one.code,
            label: t('flowdesigner.rowEach', { name: one.title }),
          })),
          { value: '', label: t('flowdesigner.rowOne') },
        ]}
        popupMatchSelectWidth={false}
        onChange={(next) => {
          const other = tables.find((one) => one.code === next);
          const fresh = columns.every((one) => Object.keys(one).length <= 1);
          const { when: _, ...rest } = value;
          onChange({
            ...rest,
            from: next,
            // What is called alike is likely meant, and can be changed.
            ...(fresh && other !== undefined && { columns: matched(table, other, fieldKinds) }),
          });
        }}
      />
      {from !== '' && (
        <div className="fw-rows-when">
          <span className="hint">{t('flowdesigner.rowsWhen')}</span>
          <FormulaEditor
            label={t('flowdesigner.rowsWhen')}
            value={textOf(value['when'])}
            fields={fields}
            rows={1}
            placeholder={t('flowdesigner.rowsAll')}
            onChange={(when) => put({ when: when === '' ? undefined : when })}
          />
        </div>
      )}
      <Pairs
        node={node}
        label={t('flowdesigner.columnsOf', { name: table.title })}
        fields={writable(table.fields ?? [], fieldKinds)}
        table={from}
        formulaFields={fields}
        add={t('flowdesigner.addColumn')}
        value={columns}
        onChange={(next) => put({ columns: next })}
      />
    </section>
  );
}
