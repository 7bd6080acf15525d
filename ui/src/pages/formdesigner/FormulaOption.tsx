import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Option } from '../../formdesigner/declared';
import { say } from '../../formdesigner/declared';
import { tableOf, placeOf, walk } from '../../formdesigner/tree';
import { FormulaEditor } from '../../formulaeditor/FormulaEditor';
import type { FormField } from '../../forms/model';
import { useDesk } from './desk';
import { useRuleFields } from './rules/useRuleFields';

interface FormulaOptionProps {
  option: Option;
  field: FormField | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** The sub-table that a field's option `table` names. */
function useTable(field: FormField | undefined): FormField | undefined {
  const { board } = useDesk();
  const code = field?.options?.['table'];
  return typeof code === 'string' && code !== ''
    ? walk(board.present).find((one) => one.code === code && one.kind === 'subform')
    : undefined;
}

/** A formula that is set for a field: over the fields of its table, or of the rows that it rolls up. */
export function FormulaOption({ option, field, value, onChange }: FormulaOptionProps) {
  const { i18n } = useTranslation();
  const { app, form, board, kinds } = useDesk();
  const rolled = useTable(field);
  const place = field === undefined ? null : placeOf(board.present, field.id);
  const own = place === null ? null : tableOf(board.present, place.within, kinds);
  const fields = useRuleFields(rolled?.id ?? own).filter(
    (one) => one.code !== field?.code || rolled !== undefined,
  );
  return (
    <FormulaEditor
      label={say(option.title, i18n.language)}
      value={typeof value === 'string' ? value : ''}
      fields={fields}
      trying
      {...(form.version !== null && { records: { app, form: form.code } })}
      onChange={onChange}
    />
  );
}

/** A column of the sub-table that the option `table` names. */
export function ColumnOption({ option, field, value, onChange }: FormulaOptionProps) {
  const { i18n } = useTranslation();
  const table = useTable(field);
  const columns = walk(table?.fields ?? []);
  return (
    <Select<string>
      size="small"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={say(option.title, i18n.language)}
      {...(typeof value === 'string' && value !== '' && { value })}
      options={columns.map((one) => ({ value: one.code, label: one.title }))}
      popupMatchSelectWidth={false}
      onChange={(next: string | undefined) => onChange(next ?? option.default)}
    />
  );
}
