import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FlowNode } from '../../../flowdesigner/tree';
import type { FormField } from '../../../forms/model';
import type { EditorField } from '../../../formulaeditor/fields';
import { Source } from './Source';
import { textOf } from './useOption';

/** Where values may come from, as usual. */
export const WAYS = ['field', 'value', 'formula', 'template'] as const;

interface PairsProps {
  node: FlowNode;
  label: string;
  /** The fields that are written. */
  fields: readonly FormField[];
  /** Whether values are taken out of what another system sends, by their place there. */
  path?: boolean;
  ways?: readonly string[];
  /** The sub-table of whose rows the values are; empty for the record. */
  table?: string;
  formulaFields?: readonly EditorField[];
  /** What stands on the button that adds one. */
  add: string;
  value: readonly Record<string, unknown>[];
  onChange: (value: Record<string, unknown>[]) => void;
  /** What some of them are drawn as, in place of a pair. */
  instead?: (row: Record<string, unknown>, at: number) => React.ReactNode;
  /** Further buttons beside the one that adds. */
  more?: React.ReactNode;
}

/** Fields, each with where its value comes from. */
export function Pairs(props: PairsProps) {
  const { node, label, fields, path = false, ways = WAYS, table = '', formulaFields, add, value } = props;
  const { t } = useTranslation();
  const put = (at: number, next: Record<string, unknown>[]) =>
    props.onChange([...value.slice(0, at), ...next, ...value.slice(at + 1)]);
  return (
    <div className="fw-pairs" role="group" aria-label={label}>
      {value.map((row, at) => {
        const instead = props.instead?.(row, at);
        if (instead !== undefined && instead !== null) return <div key={at}>{instead}</div>;
        const { field, ...source } = row;
        const target = fields.find((one) => one.code === field);
        const code = textOf(field);
        return (
          <div key={at} className="fw-pair">
            <Select<string>
              size="small"
              aria-label={t('flowdesigner.setField', { number: at + 1 })}
              placeholder={t('flowdesigner.whichField')}
              showSearch={{ optionFilterProp: 'label' }}
              status={code === '' || target !== undefined ? '' : 'error'}
              {...(code !== '' && { value: code })}
              options={fields.map((one) => ({ value: one.code, label: one.title }))}
              onChange={(next) => put(at, [{ ...('value' in source ? { value: '' } : source), field: next }])}
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
            ) : (
              <Source
                node={node}
                name={code}
                label={t('flowdesigner.valueOf', { number: at + 1 })}
                as="from"
                ways={ways}
                table={table}
                target={target}
                {...(formulaFields !== undefined && { formulaFields })}
                value={source}
                onChange={(next) => put(at, [{ ...(field !== undefined && { field }), ...next }])}
              />
            )}
            <Button
              type="text"
              size="small"
              aria-label={t('flowdesigner.removePart', { name: target?.title ?? String(at + 1) })}
              icon={<Icon name="close" size={14} />}
              onClick={() => put(at, [])}
            />
          </div>
        );
      })}
      <div className="row">
        <Button
          type="link"
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => props.onChange([...value, ways[0] === 'value' ? { value: '' } : {}])}
        >
          {add}
        </Button>
        {props.more}
      </div>
    </div>
  );
}
