import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo } from '../../forms/calls';
import { postRecord, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { FaultSummary } from '../../forms/FaultSummary';
import { EntryAroundProvider } from '../../forms/entry';
import { LiveEntryProvider } from '../../forms/LiveEntry';
import type { Values } from '../../forms/model';
import { begun } from '../../forms/model';
import { useEntryScans } from '../../forms/scanning';
import { RecordFields } from '../../forms/RecordFields';
import { useEntry } from '../../forms/useEntry';

interface NewRecordProps {
  app: string;
  form: FormInfo;
  /** Values that the record begins with, besides the defaults of its fields. */
  first: Values;
  open: boolean;
  onClose: () => void;
}

/** Fill a form in: beside the list at the desk, a page of its own on the phone. */
export function NewRecord({ open, onClose, ...props }: NewRecordProps) {
  const phone = useIsPhone();
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [dirty, setDirty] = useState(false);
  const done = () => {
    setDirty(false);
    onClose();
  };
  const close = () => {
    if (!dirty) done();
    else void modal.confirm({ title: t('unsaved'), okText: t('discard'), cancelText: t('stay'), onOk: done });
  };
  return (
    <Drawer
      open={open}
      onClose={close}
      title={t('records.new', { name: props.form.name })}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '100%' : 760}
      className="record-drawer"
      destroyOnHidden
      styles={{ body: { padding: 0 } }}
    >
      <Entry {...props} onDirty={setDirty} onDone={done} onCancel={close} />
    </Drawer>
  );
}

interface EntryProps {
  app: string;
  form: FormInfo;
  first: Values;
  onDirty: (dirty: boolean) => void;
  onDone: () => void;
  onCancel: () => void;
}

function Entry({ app, form, first, onDirty, onDone, onCancel }: EntryProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const kinds = useKinds();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const top = useRef<HTMLDivElement>(null);
  const fields = fieldsOf(form.fields, kinds);
  const entry = useEntry(form, { ...begun(fields), ...first }, { fresh: true });
  const [key, setKey] = useState(newClientKey);
  const saving = useMutation({
    mutationFn: (_again: boolean) => postRecord(app, form.code, entry.body, key),
    onSuccess: async (made, again) => {
      void message.success(t('records.savedAs', { id: made.id }));
      await queries.invalidateQueries({ queryKey: ['records', app, form.code] });
      if (!again) {
        onDone();
        return;
      }
      entry.restart(begun(fields));
      onDirty(false);
      setKey(newClientKey());
      top.current?.scrollIntoView();
    },
    onError: entry.refused,
  });
  const send = (again: boolean) => {
    if (!saving.isPending && entry.ready()) saving.mutate(again);
  };
  const change = (code: string, value: unknown) => {
    entry.change(code, value);
    onDirty(true);
    // Another body under the same key would be taken for another try of the first.
    setKey(newClientKey());
  };
  useEntryScans(fields, entry.values, change);
  return (
    <form
      className="record-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send(false);
      }}
    >
      <div className="record-body">
        <div ref={top} />
        <FaultSummary faults={entry.faults} prefix="new" onReveal={entry.show} />
        <EntryAroundProvider value={{ app, form: form.code, record: null, values: entry.values, change }}>
          <LiveEntryProvider value={entry.live}>
            <RecordFields
              fields={form.fields}
              values={entry.values}
              faults={entry.faults.at}
              prefix="new"
              fresh
              onChange={change}
            />
          </LiveEntryProvider>
        </EntryAroundProvider>
      </div>
      <footer className="record-foot">
        {!phone && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <span className="grow only-desk" />
        <Button disabled={saving.isPending} onClick={() => send(true)}>
          {t('records.saveAndNext')}
        </Button>
        <Button type="primary" htmlType="submit" loading={saving.isPending}>
          {t('records.submit')}
        </Button>
      </footer>
    </form>
  );
}
