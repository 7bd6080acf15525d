import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNamed, useOperations } from '../../../api/operations';
import { Icon } from '../../../components/Icon';
import type { FlowNode } from '../../../flowdesigner/tree';
import type { Said } from './Source';
import { Source } from './Source';
import { objectOf } from './useOption';

interface SourceMapProps {
  node: FlowNode;
  label: string;
  /** The operation whose further facts they are; else names of one's own. */
  operation: string;
  value: Said;
  onChange: (value: Said | undefined) => void;
}

/** Named values, each with where it comes from. */
export function SourceMap({ node, label, operation, value, onChange }: SourceMapProps) {
  const { t } = useTranslation();
  const named = useNamed();
  const declared = useOperations().data?.find((one) => one.name === operation)?.data ?? [];
  const put = (name: string, next: Said | undefined) => {
    const rest = Object.fromEntries(
      Object.entries({ ...value, [name]: next }).filter(([, one]) => one !== undefined),
    );
    onChange(Object.keys(rest).length === 0 ? undefined : rest);
  };
  if (operation !== '') {
    if (declared.length === 0) return <p className="muted">{t('flowdesigner.nothingMore')}</p>;
    return (
      <div role="group" aria-label={label}>
        {declared.map((one) => (
          <div key={one.name} className="fw-row">
            <span className="fw-row-title">{named(one)}</span>
            <Source
              node={node}
              name={one.name}
              label={named(one)}
              value={objectOf(value[one.name])}
              onChange={(next) => put(one.name, next)}
            />
          </div>
        ))}
      </div>
    );
  }
  const entries = Object.entries(value);
  return (
    <div className="fw-pairs" role="group" aria-label={label}>
      {entries.map(([name, source], at) => (
        <div key={at} className="fw-pair">
          <Input
            size="small"
            aria-label={t('flowdesigner.nameOf', { number: at + 1 })}
            defaultValue={name}
            onBlur={(event) => {
              const next = event.target.value.trim();
              if (next === '' || next === name) return;
              onChange(Object.fromEntries(entries.map(([key, one]) => [key === name ? next : key, one])));
            }}
          />
          <Source
            node={node}
            name={name}
            label={name}
            value={objectOf(source)}
            onChange={(next) => put(name, next ?? {})}
          />
          <Button
            type="text"
            size="small"
            aria-label={t('flowdesigner.removePart', { name })}
            icon={<Icon name="close" size={14} />}
            onClick={() => put(name, undefined)}
          />
        </div>
      ))}
      <Button
        type="link"
        size="small"
        icon={<Icon name="plus" size={14} />}
        onClick={() =>
          onChange({ ...value, [t('flowdesigner.newName', { number: entries.length + 1 })]: {} })
        }
      >
        {t('flowdesigner.addPart')}
      </Button>
    </div>
  );
}
