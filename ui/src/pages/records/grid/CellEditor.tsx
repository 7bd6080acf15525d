import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../../api/problem';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { patchRecord, useKinds } from '../../../forms/calls';
import { fieldsOf } from '../../../forms/controls';
import { faultsOf } from '../../../forms/faults';
import { FieldInput } from '../../../forms/FieldInput';
import type { FormField } from '../../../forms/model';
import { same } from '../../../forms/model';
import { ConflictDialog } from '../ConflictDialog';
import { changedInLists } from '../lists';
import { choosesAtOnce } from './editing';

/** Where to go on after a cell. */
export type Onward = 'stay' | 'next' | 'before' | 'down';

interface CellEditorProps {
  app: string;
  form: FormInfo;
  record: FormRecord;
  field: FormField;
  onDone: (onward: Onward) => void;
}

/** A cell while it is changed: its field's own control, and under it why the server refused. */
export function CellEditor({ app, form, record, field, onDone }: CellEditorProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const queries = useQueryClient();
  const box = useRef<HTMLDivElement>(null);
  const before = record.values[field.code] ?? null;
  const [value, setValue] = useState<unknown>(before);
  const [base, setBase] = useState(record);
  const [conflict, setConflict] = useState(false);
  const saving = useMutation({
    mutationFn: (sent: { value: unknown; onward: Onward }) =>
      patchRecord(app, form.code, base.id, base.version, { [field.code]: sent.value ?? null }),
    onSuccess: (after, { onward }) => {
      changedInLists(queries, app, form.code, after, [field.code]);
      onDone(onward);
    },
    onError: (error) => {
      if (problemOf(error).code === 'record_conflict') setConflict(true);
      else box.current?.querySelector<HTMLElement>('input, textarea')?.focus();
    },
  });
  const commit = (next: unknown, onward: Onward) => {
    if (saving.isPending) return;
    if (same(base.values[field.code] ?? null, next ?? null)) onDone(onward);
    else saving.mutate({ value: next, onward });
  };
  const live = useRef({ commit, value, busy: saving.isPending || conflict });
  useEffect(() => {
    live.current = { commit, value, busy: saving.isPending || conflict };
  });
  useEffect(() => {
    const input = box.current?.querySelector<HTMLElement>('input, textarea, button');
    input?.focus();
    if (input instanceof HTMLInputElement) input.select();
    const outside = (event: PointerEvent) => {
      const { target } = event;
      if (!(target instanceof Element) || live.current.busy) return;
      // What a control opens (a list, a calendar) stands elsewhere in the page.
      if (box.current?.contains(target) || target.closest('.ant-select-dropdown, .ant-picker-dropdown, .ant-modal, .ant-popover, .ant-cascader-dropdown'))
        return; // prettier-ignore
      live.current.commit(live.current.value, 'stay');
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  }, []);
  const keys = (event: KeyboardEvent) => {
    const { target } = event;
    const opened = target instanceof Element && target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone('stay');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      commit(value, event.shiftKey ? 'before' : 'next');
    } else if (
      event.key === 'Enter' &&
      !opened &&
      !(target instanceof HTMLTextAreaElement && !event.ctrlKey)
    ) {
      event.preventDefault();
      event.stopPropagation();
      commit(value, 'down');
    } else event.stopPropagation();
  };
  const faults =
    saving.error === null ? null : faultsOf(problemOf(saving.error), fieldsOf(form.fields, kinds));
  const wrong =
    faults === null || conflict
      ? undefined
      : [
          ...faults.list.map((one) => one.message),
          ...(faults.rest ? [faults.rest.detail ?? faults.rest.title] : []),
        ].join('');
  return (
    <div
      ref={box}
      className={wrong === undefined ? 'cell-editor' : 'cell-editor cell-wrong'}
      onKeyDownCapture={keys}
      onClick={(event) => event.stopPropagation()}
    >
      <FieldInput
        field={field}
        id={`cell-${record.id}-${field.code}`}
        value={value}
        dense
        disabled={saving.isPending}
        invalid={wrong !== undefined}
        describedBy={`cell-${record.id}-${field.code}-why`}
        onChange={(next) => {
          setValue(next);
          if (choosesAtOnce(field)) commit(next, 'stay');
        }}
      />
      {wrong !== undefined && (
        <p className="cell-why" role="alert" id={`cell-${record.id}-${field.code}-why`}>
          {wrong} <span className="hint">{t('records.grid.escape')}</span>
        </p>
      )}
      {conflict && (
        <ConflictDialog
          app={app}
          form={form}
          base={base}
          mine={{ [field.code]: value }}
          onKeep={(latest) => {
            setBase(latest);
            setConflict(false);
            saving.reset();
          }}
          onDiscard={() => {
            setConflict(false);
            void queries.invalidateQueries({ queryKey: ['records', app, form.code] });
            onDone('stay');
          }}
          onClose={() => setConflict(false)}
        />
      )}
    </div>
  );
}
