import { Button, Dropdown } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useForm } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { editorFields } from '../../../formulaeditor/fields';
import { useDesk } from '../desk';
import { Pairs, WAYS } from './Pairs';
import { RowsAssignment } from './RowsAssignment';
import { writable } from './targets';
import { objectsOf, textOf } from './useOption';

const NONE: readonly FormField[] = [];

interface AssignmentsProps {
  node: FlowNode;
  label: string;
  /** The other form whose fields are set, as `app/form`; empty for this one. */
  form: string;
  /** Whether values are taken out of what another system sends, by their place there. */
  path: boolean;
  /** Where values may come from; the first is what a new row begins with. */
  ways?: readonly string[];
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Which field gets what; of sub-tables: which rows, and what their columns get. */
export function Assignments({ node, label, form, path, ways = WAYS, value, onChange }: AssignmentsProps) {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  const { fieldKinds, formulaFields } = desk;
  const [app = '', code = ''] = form.split('/');
  const other = useForm(app === '' ? desk.app : app, code === '' ? desk.form.code : code);
  const target = (form === '' ? desk.form.fields : other.data?.fields) ?? NONE;
  const fields = writable(target, fieldKinds);
  const isTable = (kind: string) => fieldKinds.get(kind)?.holds === 'rows';
  const tables = fields.filter((one) => isTable(one.kind));
  const rows = objectsOf(value);
  // Where records are changed, formulas may name what they hold.
  const changes = node.kind === 'update_record' && !path;
  const named = useMemo(
    () =>
      changes
        ? [
            ...formulaFields,
            ...editorFields(target, fieldKinds, null, i18n.language).map((one) => ({
              ...one,
              code: `target.${one.code}`,
              title: t('flowdesigner.targetField', { name: one.title }),
              of: t('flowdesigner.targetRecord'),
            })),
          ]
        : formulaFields,
    [changes, formulaFields, target, fieldKinds, i18n.language, t],
  );
  const taken = new Set(rows.map((one) => textOf(one['table'])));
  const left = tables.filter((one) => !taken.has(one.code));
  const byRows = !path && ways === WAYS;
  return (
    <Pairs
      node={node}
      label={label}
      fields={fields.filter((one) => !isTable(one.kind))}
      path={path}
      ways={ways}
      formulaFields={named}
      add={t('flowdesigner.addField')}
      value={rows}
      onChange={onChange}
      instead={(row, at) => {
        const own = textOf(row['table']);
        if (own === '') return null;
        const table = tables.find((one) => one.code === own) ?? {
          ...{ id: own, code: own, kind: 'subform', title: own, fields: [] },
        };
        return (
          <RowsAssignment
            node={node}
            table={table}
            value={row}
            onChange={(next) => onChange(rows.map((one, place) => (place === at ? next : one)))}
            onRemove={() => onChange(rows.filter((_, place) => place !== at))}
          />
        );
      }}
      more={
        byRows &&
        left.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: left.map((one) => ({ key: one.code, label: one.title })),
              onClick: ({ key }) => onChange([...rows, { table: key, from: '', columns: [] }]),
            }}
          >
            <Button type="link" size="small" icon={<Icon name="table" size={14} />}>
              {t('flowdesigner.addRows')}
            </Button>
          </Dropdown>
        )
      }
    />
  );
}
