import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Node, Value } from '../formula';
import { describe, evaluate, Fault, fieldsOf, toText } from '../formula';
import { findRecords } from '../forms/calls';
import type { ValueType } from '../forms/live/values';
import { toValue } from '../forms/live/values';
import { asText } from '../forms/model';
import type { EditorField } from './fields';

interface LiveResultProps {
  tree: Node;
  fields: readonly EditorField[];
  records?: { app: string; form: string };
}

const TYPES: Partial<Record<string, ValueType>> = {
  number: 'number',
  date: 'date',
  moment: 'datetime',
  boolean: 'boolean',
};

/** What a formula comes to with values that were typed here, or those of a record. */
export function LiveResult({ tree, fields, records }: LiveResultProps) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState<Partial<Record<string, string>>>({});
  const names = useMemo(() => fieldsOf(tree), [tree]);
  const shapeOf = (name: string) => fields.find((one) => one.code === name)?.shape ?? 'text';
  const value = evaluate(tree, (name) => valueOf(typed[name] ?? '', shapeOf(name)));
  const fault = value instanceof Fault ? describe(value, i18n.language) : null;
  return (
    <div className="fe-try">
      {names.length > 0 && (
        <span className="fe-try-with">
          <span className="hint">{t('formulaEditor.try')}</span>
          {names.map((name) => (
            <label key={name}>
              {fields.find((one) => one.code === name)?.title ?? name}
              <Input
                size="small"
                value={typed[name] ?? ''}
                placeholder={t(`formulaEditor.shape.${placeholderOf(shapeOf(name))}`)}
                onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              />
            </label>
          ))}
          {records !== undefined && <Records {...records} names={names} onTake={setTyped} />}
        </span>
      )}
      <output className={fault === null ? 'fe-result' : 'fe-result fe-fault'} aria-live="polite">
        {fault === null ? `= ${shown(value) || t('formulaEditor.empty')}` : fault.message}
      </output>
    </div>
  );
}

const shown = (value: Value) => (value instanceof Fault ? '' : toText(value));

const SHOWN = new Set(['number', 'date', 'moment', 'boolean', 'list']);
const placeholderOf = (shape: string) => (SHOWN.has(shape) ? shape : 'text');

function valueOf(typed: string, shape: string): Value {
  const text = typed.trim();
  if (text === '') return null;
  if (shape === 'list') {
    return text
      .split(/[,，、]\s*/)
      .map((one) => toValue(/^[-\d.]+$/.test(one) ? Number(one) : one, 'number'));
  }
  if (shape === 'boolean') return /^(?:是|真|true|yes|1)$/i.test(text);
  return toValue(text, TYPES[shape] ?? 'text');
}

interface RecordsProps {
  app: string;
  form: string;
  names: readonly string[];
  onTake: (typed: Partial<Record<string, string>>) => void;
}

const SAMPLES = 20;

function Records({ app, form, names, onTake }: RecordsProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['records', app, form, 'samples'],
    queryFn: ({ signal }) => findRecords(app, form, { limit: SAMPLES }, signal),
    // Before it is published there are none.
    retry: false,
  });
  if (data === undefined || data.records.length === 0) return null;
  return (
    <Select<number>
      size="small"
      placeholder={t('formulaEditor.record')}
      aria-label={t('formulaEditor.record')}
      popupMatchSelectWidth={false}
      options={data.records.map((one) => ({
        value: one.id,
        label: [one.id, ...Object.values(one.values).filter((it) => typeof it === 'string')]
          .slice(0, 3)
          .join(' · '),
      }))}
      onChange={(id) => {
        const values = data.records.find((one) => one.id === id)?.values ?? {};
        onTake(Object.fromEntries(names.map((name) => [name, sample(values, name)])));
      }}
    />
  );
}

function sample(values: Record<string, unknown>, name: string): string {
  const [first = '', rest] = name.split('.');
  const held = values[first];
  if (rest !== undefined && Array.isArray(held)) {
    return held.map((row: Record<string, unknown>) => asText(row[rest])).join(', ');
  }
  return rest === undefined ? asText(held) : '';
}
