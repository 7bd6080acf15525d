import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { useKinds } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { asText } from '../../../forms/model';
import { PrintButton } from '../../../printing/PrintButton';
import { editsInPlace } from '../grid/editing';
import type { Selection } from '../grid/useCursor';
import { chosenActions } from '../slots';
import { BatchDelete } from './BatchDelete';
import { BatchEdit } from './BatchEdit';

interface BatchBarProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  selection: Selection;
  onSelect: (next: Selection) => void;
}

/** What can be done with the records that are chosen. */
export function BatchBar({ app, form, fields, selection, onSelect }: BatchBarProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const queries = useQueryClient();
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const records: FormRecord[] = [...selection.values()];
  if (records.length === 0) return null;
  const items = fields.filter((one) => one.kind === 'item');
  const codes = [
    ...new Set(records.flatMap((one) => items.map((field) => asText(one.values[field.code])))),
  ].filter(Boolean);
  const editable = fields.some(
    (one) => editsInPlace(one, kinds) && records.some((some) => some.states[one.code] === undefined),
  );
  const done = (gone: readonly number[]) => {
    setOpen(null);
    const left = new Map(selection);
    for (const id of gone) left.delete(id);
    onSelect(left);
    void queries.invalidateQueries({ queryKey: ['records', app, form.code] });
  };
  return (
    <div className="batch-bar" role="toolbar" aria-label={t('records.batch.label')}>
      <b>{t('records.batch.chosen', { count: records.length })}</b>
      <Button disabled={!editable} icon={<Icon name="edit" size={14} />} onClick={() => setOpen('edit')}>
        {t('records.batch.edit')}
      </Button>
      {codes.length > 0 && <PrintButton codes={codes} />}
      {chosenActions.map((Action, at) => (
        <Action key={at} app={app} form={form} records={records} />
      ))}
      <Button
        danger
        disabled={!records.some((one) => one.deletable)}
        icon={<Icon name="trash" size={14} />}
        onClick={() => setOpen('delete')}
      >
        {t('delete')}
      </Button>
      <span className="grow" />
      <Button type="text" onClick={() => onSelect(new Map())}>
        {t('records.batch.none')}
      </Button>
      {open === 'edit' && (
        <BatchEdit
          app={app}
          form={form}
          fields={fields}
          records={records}
          onDone={() => done(records.map((one) => one.id))}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'delete' && (
        <BatchDelete app={app} form={form} records={records} onDone={done} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}
