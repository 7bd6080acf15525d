import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import { DeleteButton } from '../../components/DeleteButton';
import { Icon } from '../../components/Icon';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { deleteRecord, patchRecord, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { EntryAroundProvider } from '../../forms/entry';
import { FaultSummary } from '../../forms/FaultSummary';
import { LiveEntryProvider } from '../../forms/LiveEntry';
import { RecordFields } from '../../forms/RecordFields';
import { ConflictDialog } from './ConflictDialog';
import { ButtonsOf } from './flow/ButtonsOf';
import { ShownFields } from './ShownFields';
import { titleOf } from './titleOf';
import { useEntry } from '../../forms/useEntry';

interface RecordDetailsProps {
  app: string;
  form: FormInfo;
  record: FormRecord;
  onDirty: (dirty: boolean) => void;
  onDeleted: () => void;
}

/** The fields of a record: to be read, and after a click to be changed where they stand. */
export function RecordDetails({ app, form, record, onDirty, onDeleted }: RecordDetailsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const kinds = useKinds();
  const queries = useQueryClient();
  const fields = fieldsOf(form.fields, kinds);
  const entry = useEntry(form, record.values, { fresh: false, states: record.states });
  const [base, setBase] = useState<FormRecord | null>(null);
  const [conflict, setConflict] = useState(false);
  const editing = base !== null;
  const mayChange = fields.some((one) => record.states[one.code] === undefined && !one.read_only);
  const prefix = `record-${record.id}`;
  const refresh = () => queries.invalidateQueries({ queryKey: ['records', app, form.code] });
  const stop = () => {
    setBase(null);
    onDirty(false);
  };
  const saving = useMutation({
    mutationFn: (from: FormRecord) => patchRecord(app, form.code, from.id, from.version, entry.changes),
    onSuccess: async (after) => {
      void message.success(t('saved'));
      queries.setQueryData(['records', app, form.code, 'one', record.id], after);
      stop();
      await refresh();
    },
    onError: (error) => {
      if (problemOf(error).code === 'record_conflict') setConflict(true);
      else entry.refused(error);
    },
  });
  const edit = () => {
    entry.restart(record.values);
    setBase(record);
  };
  const change = (code: string, value: unknown) => {
    entry.change(code, value);
    onDirty(true);
  };
  const around = {
    app,
    form: form.code,
    record: record.id,
    values: editing ? entry.values : record.values,
    change: editing ? change : null,
  };
  const save = () => {
    if (base === null || saving.isPending) return;
    if (!entry.dirty) stop();
    else if (entry.ready()) saving.mutate(base);
  };
  return (
    <form
      className="record-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <EntryAroundProvider value={around}>
        <div className="record-body">
          {editing ? (
            <>
              <FaultSummary faults={entry.faults} prefix={prefix} onReveal={entry.show} />
              <LiveEntryProvider value={entry.live}>
                <RecordFields
                  fields={form.fields}
                  values={entry.values}
                  states={record.states}
                  faults={entry.faults.at}
                  prefix={prefix}
                  onChange={change}
                />
              </LiveEntryProvider>
            </>
          ) : (
            <>
              <ShownFields fields={form.fields} record={record} />
              <p className="hint record-made">
                {t('records.made', {
                  by: record.created_by,
                  at: dayjs(record.created_at).format('YYYY-MM-DD HH:mm'),
                })}
                {record.version > 1 &&
                  ` · ${t('records.changed', {
                    by: record.updated_by,
                    at: dayjs(record.updated_at).format('YYYY-MM-DD HH:mm'),
                  })}`}
              </p>
            </>
          )}
        </div>
      </EntryAroundProvider>
      <footer className="record-foot">
        {editing ? (
          <>
            <span className="grow only-desk" />
            <Button onClick={stop}>{t('cancel')}</Button>
            {/* A key of its own: the button that began the editing must not turn into the one that submits. */}
            <Button key="save" type="primary" htmlType="submit" loading={saving.isPending}>
              {t('save')}
            </Button>
          </>
        ) : (
          <>
            {record.deletable && (
              <DeleteButton
                name={titleOf(record, fields)}
                consequence={t('records.deleteHow')}
                onDelete={() => deleteRecord(app, form.code, record)}
                onDeleted={() => {
                  onDeleted();
                  void refresh();
                }}
              />
            )}
            <span className="grow" />
            <ButtonsOf app={app} form={form.code} records={[record.id]} />
            {mayChange && (
              <Button key="edit" type="primary" icon={<Icon name="edit" size={16} />} onClick={edit}>
                {t('edit')}
              </Button>
            )}
          </>
        )}
      </footer>
      {conflict && base !== null && (
        <ConflictDialog
          app={app}
          form={form}
          base={base}
          mine={entry.changes}
          onKeep={(latest) => {
            entry.restart(latest.values, entry.changes);
            setBase(latest);
            setConflict(false);
          }}
          onDiscard={() => {
            setConflict(false);
            stop();
            void refresh();
          }}
          onClose={() => setConflict(false)}
        />
      )}
    </form>
  );
}
