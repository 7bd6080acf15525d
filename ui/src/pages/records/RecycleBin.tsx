import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';
import { EmptyState } from '../../components/EmptyState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { formPath, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import { reason } from './grid/usePlain';
import { RecordCard } from './RecordCard';
import { titleOf } from './titleOf';

interface Deleted {
  record: FormRecord;
  deleted_at: string;
  deleted_by: string;
}

interface RecycleBinProps {
  app: string;
  form: FormInfo;
  open: boolean;
  onClose: () => void;
}

/** The records that were deleted (回收站), those deleted last first; each can be taken back. */
export function RecycleBin({ app, form, open, onClose }: RecycleBinProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const fields = fieldsOf(form.fields, useKinds());
  const restoring = useMutation({
    mutationFn: (id: number) => http.post<FormRecord>(`${formPath(app, form.code)}/records/${id}:restore`),
    onSuccess: async (record) => {
      void message.success(t('records.bin.restored', { id: record.id }));
      await queries.invalidateQueries({ queryKey: ['records', app, form.code] });
    },
    onError: (error) => void message.error(reason(error), 6),
  });
  const told = (one: Deleted) =>
    t('records.bin.deleted', { by: one.deleted_by, at: dayjs(one.deleted_at).format('MM-DD HH:mm') });
  const restore = (one: Deleted) => (
    <Button
      size={phone ? 'middle' : 'small'}
      loading={restoring.isPending && restoring.variables === one.record.id}
      onClick={() => restoring.mutate(one.record.id)}
    >
      {t('records.bin.restore')}
    </Button>
  );
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('records.bin.title', { name: form.name })}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '90%' : 640}
      destroyOnHidden
    >
      <KeyPagedTable<Deleted>
        label={t('records.bin.button')}
        queryKey={['records', app, form.code, 'deleted']}
        fetchPage={async (after, signal) => {
          const page = await http.get<{ records: Deleted[]; next: string | null }>(
            `${formPath(app, form.code)}/records:deleted`,
            { after },
            signal,
          );
          return { rows: page.records, next: page.next };
        }}
        rowKey={(one) => String(one.record.id)}
        columns={[
          { key: 'title', title: form.name, render: (_, one) => <b>{titleOf(one.record, fields)}</b> },
          { key: 'when', title: '', render: (_, one) => <span className="hint">{told(one)}</span> },
          { key: 'restore', title: '', align: 'right', render: (_, one) => restore(one) },
        ]}
        card={(one) => (
          <span className="bin-card">
            <RecordCard record={one.record} fields={fields} />
            <span className="hint">{told(one)}</span>
            {restore(one)}
          </span>
        )}
        empty={
          <EmptyState icon="trash" title={t('records.bin.empty')}>
            {t('records.bin.emptyAdvice')}
          </EmptyState>
        }
      />
    </Drawer>
  );
}
