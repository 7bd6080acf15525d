import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FlowNode } from '../../../flowdesigner/tree';
import { useForm } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { useDesk } from '../desk';
import { Source } from './Source';
import { objectsOf, textOf } from './useOption';

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

const WAYS = ['field', 'value', 'formula', 'template'] as const;

/** Which field gets what. */
export function Assignments({ node, label, form, path, ways = WAYS, value, onChange }: AssignmentsProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [app = '', code = ''] = form.split('/');
  const other = useForm(app === '' ? desk.app : app, code === '' ? desk.form.code : code);
  const fields = form === '' ? desk.form.fields : (other.data?.fields ?? []);
  const flat = (some: readonly FormField[]): FormField[] =>
    some.flatMap((one) =>
      desk.fieldKinds.get(one.kind)?.holds === 'layout' ? flat(one.fields ?? []) : [one],
    );
  const rows = objectsOf(value);
  const put = (at: number, next: Record<string, unknown>[]) =>
    onChange([...rows.slice(0, at), ...next, ...rows.slice(at + 1)]);
  return (
    <div className="fw-pairs" role="group" aria-label={label}>
      {rows.map((row, at) => {
        // Rows of a sub-table that come from rows here are shown, and kept as they are.
        const table = textOf(row['table']);
        const { field, ...source } = row;
        return (
          <div key={at} className="fw-pair">
            <Select<string>
              size="small"
              aria-label={t('flowdesigner.setField', { number: at + 1 })}
              placeholder={t('flowdesigner.whichField')}
              disabled={table !== ''}
              showSearch={{ optionFilterProp: 'label' }}
              {...(textOf(field) + table !== '' && { value: textOf(field) === '' ? table : textOf(field) })}
              options={flat(fields).map((one) => ({ value: one.code, label: one.title }))}
              onChange={(next) => put(at, [{ ...source, field: next }])}
            />
            {path ? (
              <Input
                size="small"
                className="mono"
                aria-label={t('flowdesigner.pathOf', { number: at + 1 })}
                placeholder="order.no"
                value={textOf(row['path'])}
                onChange={(event) => put(at, [{ ...row, path: event.target.value }])}
              />
            ) : table === '' ? (
              <Source
                node={node}
                name={textOf(field)}
                label={t('flowdesigner.valueOf', { number: at + 1 })}
                as="from"
                ways={ways}
                value={source}
                onChange={(next) => put(at, [{ ...(field !== undefined && { field }), ...next }])}
              />
            ) : (
              <span className="muted">{t('flowdesigner.rowsFrom')}</span>
            )}
            <Button
              type="text"
              size="small"
              aria-label={t('flowdesigner.removePart', { name: String(at + 1) })}
              icon={<Icon name="close" size={14} />}
              onClick={() => put(at, [])}
            />
          </div>
        );
      })}
      <Button
        type="link"
        size="small"
        icon={<Icon name="plus" size={14} />}
        onClick={() => onChange([...rows, ways[0] === 'value' ? { value: '' } : {}])}
      >
        {t('flowdesigner.addField')}
      </Button>
    </div>
  );
}
